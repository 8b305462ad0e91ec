BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Deny-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1, T-2 -NeedsReview
        Request-AgentTask -Agent ann -Count 2 -Start | Complete-AgentTask
    }
    AfterEach { Exit-Workspace }

    It 'sends reviewed work back with the reason, and keeps its attempts' {
        $task = Deny-AgentTask T-1 'no test' -By eva -PassThru
        $task.Status, $task.Failure.Reason, $task.Failure.Agent, $task.Attempt, $task.NeedsReview | Should -Be @('Todo', 'no test', 'ann', 1, $true)
        $task.Assignee | Should -BeNullOrEmpty
        (Get-TaskHistory T-1 | Where-Object Field -EQ failure).NewValue | Should -Be 'no test'
        (Get-TaskHistory T-1 | Where-Object Field -EQ failure).By | Should -Be 'eva'
        Request-AgentTask -Agent bob -Start | Complete-AgentTask
        (Get-AgentTask T-1).Status | Should -Be 'Review'
    }

    It 'takes a pipeline as one commit, and is silent' {
        Get-AgentTask -Status Review | Deny-AgentTask -Reason "two`nlines" -IfVersion { $_.Version } | Should -BeNullOrEmpty
        $tasks = Get-AgentTask
        $tasks.Status | Should -Be @('Todo', 'Todo')
        @($tasks.Version | Sort-Object -Unique).Count | Should -Be 1
        $tasks[0].Failure.Reason | Should -Be 'two lines'
    }

    It 'refuses what is not in Review, and the next goes on' {
        Set-AgentTask T-1 -Status Todo
        Get-ErrorId { Deny-AgentTask T-1, none, T-2 r } | Should -Be @('StatusConflict,TaskLocking.PowerShell.DenyAgentTaskCommand', 'TaskNotFound,TaskLocking.PowerShell.DenyAgentTaskCommand')
        (Get-AgentTask T-2).Status | Should -Be 'Todo'
    }

    It 'changes nothing with -WhatIf' {
        Deny-AgentTask T-1 r -WhatIf
        (Get-AgentTask T-1).Status | Should -Be 'Review'
    }
}
