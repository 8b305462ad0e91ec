BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Remove-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = 'T-1', 'T-2', 'T-3' | New-AgentTask
    }
    AfterEach { Exit-Workspace }

    It 'removes, silently or with -PassThru' {
        Remove-AgentTask T-1 | Should -BeNullOrEmpty
        (Remove-AgentTask T-2 -PassThru).Id | Should -Be 'T-2'
        (Get-AgentTask).Id | Should -Be 'T-3'
    }

    It 'refuses while others depend on it, unless forced' {
        Set-AgentTask T-2 -DependsOn T-1
        Get-ErrorId { Remove-AgentTask T-1 } | Should -Be 'TaskHasDependents,TaskLocking.PowerShell.RemoveAgentTaskCommand'
        (Get-AgentTask).Count | Should -Be 3
        Remove-AgentTask T-1 -Force
        (Get-AgentTask).Id | Should -Be @('T-2', 'T-3')
    }

    It 'takes piped tasks and lets the rest go on when one is refused' {
        $tasks = @(Get-AgentTask)
        Remove-AgentTask T-2
        Get-ErrorId { $tasks | Remove-AgentTask } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.RemoveAgentTaskCommand'
        Get-AgentTask | Should -BeNullOrEmpty
    }

    It 'refuses when the version has changed' {
        $read = Get-AgentTask T-1
        Set-AgentTask T-1 -Name x
        Get-ErrorId { $read | Remove-AgentTask -IfVersion { $_.Version } } | Should -Be 'VersionChanged,TaskLocking.PowerShell.RemoveAgentTaskCommand'
    }

    It 'removes nothing with -WhatIf' {
        Remove-AgentTask T-1 -WhatIf
        (Get-AgentTask).Count | Should -Be 3
    }
}
