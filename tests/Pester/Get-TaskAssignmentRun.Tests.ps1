BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Get-TaskAssignmentRun' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'writes nothing where none was, and says so with -Verbose' {
        $null = New-AgentTask T-1
        Get-TaskAssignmentRun | Should -BeNullOrEmpty
        $null = Invoke-TaskAssignment -WhatIf -WarningAction SilentlyContinue
        $told = Get-TaskAssignmentRun -Verbose 4>&1
        "$told" | Should -Match 'No nightly run'
    }

    It 'tells when the last one was, by whom, and what it did' {
        $null = Register-Agent ann -MaxTasks 2
        $null = New-AgentTask T-1, T-2
        $null = New-AgentTask T-3 -Swarm s
        Set-AgentTask T-3 -Status Done
        $before = [datetimeoffset]::Now.AddSeconds(-1)
        $null = Invoke-TaskAssignment -By cron -WarningAction SilentlyContinue
        $first = Get-TaskAssignmentRun
        $first | Should -BeOfType TaskLocking.AssignmentRunRecord
        $first.By, $first.Assigned, $first.Skipped, $first.Archived, $first.Swarm, $first.Stopped | Should -Be @('cron', 2, 0, 0, $null, $null)
        $first.Started | Should -BeGreaterThan $before
        $first.Finished | Should -Not -BeLessThan $first.Started
        $first.Succeeded | Should -Be $first.Finished
        $first.Workspace | Should -Be (Get-Location).ProviderPath

        $null = New-AgentTask T-4 -Swarm s
        $null = Invoke-TaskAssignment -By eva -Swarm s -ArchiveAfter 0s -WarningAction SilentlyContinue
        $last = Get-TaskAssignmentRun
        $last.By, $last.Swarm, $last.Assigned, $last.Skipped, $last.Archived | Should -Be @('eva', 's', 0, 1, 1)
    }

    It 'is known to other processes, and to a script that watches over it' {
        $null = Register-Agent ann
        $null = New-AgentTask T-1
        $null = Invoke-TaskAssignment -By cron
        Wait-Shell (Start-Shell '(Get-TaskAssignmentRun).By') | Should -Match 'cron'
        $script = (Get-Help Get-TaskAssignmentRun).examples.example[1].code
        & ([scriptblock]::Create($script)) 3>&1 | Should -BeNullOrEmpty
    }

    It 'is shown as a list' {
        $null = Register-Agent ann
        $null = New-AgentTask T-1
        $null = Invoke-TaskAssignment -By cron
        Get-TaskAssignmentRun | Out-String | Should -Match '(?s)Started\s+: .*By\s+: cron.*Assigned\s+: 1.*Stopped\s+:.*Succeeded\s+: '
    }
}
