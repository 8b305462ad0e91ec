BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Restart-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1
        $null = New-AgentTask T-2 -DependsOn T-1
        $task = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
    }
    AfterEach { Exit-Workspace }

    It 'forgets a failure and brings back what it blocked' {
        $task | Submit-TaskFailure -Reason x -Agent ann
        Restart-AgentTask T-1 | Should -BeNullOrEmpty
        $again = Get-AgentTask T-1
        $again.Status | Should -Be 'Todo'
        $again.Attempt | Should -Be 0
        $again.Failure | Should -BeNullOrEmpty
        $again.Assignee | Should -BeNullOrEmpty
        $two = Get-AgentTask T-2
        $two.Status | Should -Be 'Todo'
        $two.BlockedBy | Should -BeNullOrEmpty
    }

    It 'refuses what another one''s failure blocks, and names the root' {
        $task | Submit-TaskFailure -Reason x -Agent ann
        $refusal = Get-Refusal { Restart-AgentTask T-2 }
        $refusal.Code | Should -Be 'DependencyFailed'
        $refusal.RootCause | Should -Be 'T-1'
    }

    It 'takes a task from who works on it only with -Force' {
        Get-ErrorId { Restart-AgentTask T-1 } | Should -Be 'StatusConflict,TaskLocking.PowerShell.RestartAgentTaskCommand'
        (Restart-AgentTask T-1 -Force -PassThru).Status | Should -Be 'Todo'
        (Get-AgentTask T-1).Claim | Should -BeNullOrEmpty
    }

    It 'opens a task again that is done only with -Force' {
        $task | Complete-AgentTask -Agent ann
        Get-ErrorId { Restart-AgentTask T-1 } | Should -Be 'StatusConflict,TaskLocking.PowerShell.RestartAgentTaskCommand'
        Restart-AgentTask T-1 -Force
        (Get-AgentTask T-1).Status | Should -Be 'Todo'
    }

    It 'asks the version of each piped task' {
        $read = Get-AgentTask T-1
        Set-AgentTask T-1 -Name x
        Get-ErrorId { $read | Restart-AgentTask -Force -IfVersion { $_.Version } } | Should -Be 'VersionChanged,TaskLocking.PowerShell.RestartAgentTaskCommand'
    }

    It 'restarts a whole pipeline in one commit, refusals aside' {
        Set-AgentTask T-1, T-2 -Status Cancelled
        $tasks = 'T-1', 'none', 'T-2' | Restart-AgentTask -PassThru -ErrorVariable refused -ErrorAction SilentlyContinue
        $tasks.Status | Should -Be @('Todo', 'Todo')
        @($tasks.Version | Sort-Object -Unique).Count | Should -Be 1
        $refused[0].FullyQualifiedErrorId | Should -Be 'TaskNotFound,TaskLocking.PowerShell.RestartAgentTaskCommand'
    }

    It 'changes nothing with -WhatIf' {
        Restart-AgentTask T-1 -Force -WhatIf
        (Get-AgentTask T-1).Status | Should -Be 'InProgress'
    }
}
