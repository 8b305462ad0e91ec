BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Swarms' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1, T-2 -Swarm s
        $null = New-AgentTask O -DependsOn T-1
    }
    AfterEach { Exit-Workspace }

    It 'are paused and go on' {
        Suspend-AgentSwarm s -Reason "down`nnow" -By eva | Should -BeNullOrEmpty
        $swarm = Get-AgentSwarm s
        $swarm.IsPaused, $swarm.PausedBy, $swarm.Reason, $swarm.Total | Should -Be @($true, 'eva', 'down now', 2)
        Request-AgentTask -Agent ann -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        (Test-AgentTask T-1).Reasons.Code | Should -Be 'SwarmPaused'
        (Get-AgentSwarm | Resume-AgentSwarm -PassThru).Changed | Should -BeTrue
        (Request-AgentTask -Agent ann).Id | Should -Be 'T-1'
        (Resume-AgentSwarm s -PassThru).Changed | Should -BeFalse
    }

    It 'are cancelled with what waits for them, after a look' {
        (Stop-AgentSwarm s -WhatIf).Cancelled | Should -Be @('T-1', 'T-2', 'O')
        (Get-AgentTask T-1).Status | Should -Be 'Todo'
        $null = Request-AgentTask -Agent ann -Start
        $outcome = Stop-AgentSwarm s
        $outcome.Cancelled, $outcome.LeftRunning | Should -Be @('T-2', 'T-1')
        (Stop-AgentSwarm s -Force).Cancelled | Should -Be @('T-1', 'O')
    }

    It 'are refused where nobody knows them' {
        Get-ErrorId { Suspend-AgentSwarm none } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.SuspendAgentSwarmCommand'
        Get-ErrorId { Stop-AgentSwarm none } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.StopAgentSwarmCommand'
        Get-AgentSwarm none -WarningVariable told -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$told" | Should -Match 'No task is of the swarm none'
    }

    It 'stay as they are with -WhatIf' {
        Suspend-AgentSwarm s -WhatIf
        (Get-AgentSwarm s).IsPaused | Should -BeFalse
    }
}
