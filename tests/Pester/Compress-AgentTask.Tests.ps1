BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Compress-AgentTask and Expand-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1, T-2, T-3 -Swarm s
        Set-AgentTask T-1, T-2 -Status Done
    }
    AfterEach { Exit-Workspace }

    It 'moves closed tasks to the archive and back' {
        (Compress-AgentTask).Archived | Should -BeNullOrEmpty
        (Compress-AgentTask 0s -WhatIf).Archived | Should -Be @('T-1', 'T-2')
        (Get-AgentTask).Id | Should -Be @('T-1', 'T-2', 'T-3')
        $before = Get-TaskProgress s
        $report = Compress-AgentTask -OlderThan 0s -Swarm s
        $report.Archived | Should -Be @('T-1', 'T-2')
        $report.InArchive | Should -Be 2
        (Get-AgentTask).Id | Should -Be @('T-3')
        (Get-TaskProgress s).Percent | Should -Be $before.Percent
        (Get-AgentTask T-1).IsArchived | Should -BeTrue
        (Get-AgentTask T-*).Id | Should -Be @('T-3')
        (Get-AgentTask -Archived -Id *-2).Id | Should -Be 'T-2'
        (Get-TaskHistory T-1).Count | Should -BeGreaterThan 1
        Get-ErrorId { New-AgentTask T-1 } | Should -Be 'TaskAlreadyDefined,TaskLocking.PowerShell.NewAgentTaskCommand'
        Get-ErrorId { Set-AgentTask T-1 -Name n } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.SetAgentTaskCommand'
        Get-AgentTask -Archived | Expand-AgentTask -PassThru | Should -HaveCount 2
        (Get-AgentTask).Id | Should -Be @('T-3', 'T-1', 'T-2')
        Get-ErrorId { Expand-AgentTask none } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.ExpandAgentTaskCommand'
        (Invoke-TaskAssignment -ArchiveAfter 0s -WhatIf).Archived | Should -Be @('T-1', 'T-2')
        $run = Invoke-TaskAssignment -ArchiveAfter 0s
        $run.Archived | Should -Be @('T-1', 'T-2')
        $run | Out-String | Should -Match 'archived  T-1, T-2'
    }
}
