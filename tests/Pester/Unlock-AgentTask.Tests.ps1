BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Unlock-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = 'T-1', 'T-2', 'T-3' | New-AgentTask
    }
    AfterEach { Exit-Workspace }

    It 'lets go by id, as a whole' {
        $hold = Lock-AgentTask T-1, T-2
        Unlock-AgentTask T-2
        $hold.IsHeld | Should -BeFalse
    }

    It 'lets go of piped handles, and again without an error' {
        $hold = Lock-AgentTask T-1
        $hold | Unlock-AgentTask
        $hold.IsHeld | Should -BeFalse
        Get-ErrorId { $hold | Unlock-AgentTask } | Should -BeNullOrEmpty
    }

    It 'takes piped tasks' {
        $hold = Lock-AgentTask T-1
        Get-AgentTask T-1 | Unlock-AgentTask
        $hold.IsHeld | Should -BeFalse
    }

    It 'lets go of everything with -All' {
        $holds = (Lock-AgentTask T-1), (Lock-AgentTask T-2)
        Unlock-AgentTask -All
        $holds.IsHeld | Should -Be @($false, $false)
    }

    It 'says that the session does not hold it, and goes on' {
        $hold = Lock-AgentTask T-2
        Get-ErrorId { 'T-1', 'T-2' | Unlock-AgentTask } | Should -Be 'NotOwner,TaskLocking.PowerShell.UnlockAgentTaskCommand'
        $hold.IsHeld | Should -BeFalse
    }

    It 'lets go of nothing with -WhatIf' {
        $hold = Lock-AgentTask T-1
        Unlock-AgentTask T-1 -WhatIf
        $hold.IsHeld | Should -BeTrue
    }

    It 'lets the session lock the task again' {
        $null = Lock-AgentTask T-1
        Unlock-AgentTask T-1
        (Lock-AgentTask T-1 -TimeoutSec 0).IsHeld | Should -BeTrue
    }

    It 'warns when the lock file was taken away meanwhile' -Skip:$IsWindows {
        $null = Lock-AgentTask T-1
        Remove-Item .todo2/locks -Recurse -Force
        Unlock-AgentTask T-1 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike '*task_T-1.lock*was removed or replaced while T-1 was held*'
        Lock-AgentTask T-2 { Remove-Item .todo2/locks -Recurse -Force } -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike '*was removed or replaced while T-2 was held*'
        Lock-AgentTask T-3 { } -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }
}
