BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Invoke-TaskAssignment' {
    BeforeEach {
        Enter-Workspace
        $null = 'ann', 'bob' | Register-Agent
        $null = Register-Agent eva -Type human
        $null = 1..6 | ForEach-Object { "T-$_" } | New-AgentTask
    }
    AfterEach { Exit-Workspace }

    It 'gives ready tasks to the agents with the fewest, and not to people' {
        Grant-TaskAssignment T-1 ann
        $run = Invoke-TaskAssignment -MaxPerAgent 2 -WarningAction SilentlyContinue
        $run | Should -BeOfType TaskLocking.AssignmentRun
        $run.WhatIf | Should -BeFalse
        $run.Assigned.Count | Should -Be 3
        $run.Assigned[0].Agent | Should -Be 'bob'
        @(Get-AgentTask -Assignee ann).Count | Should -Be 2
        @(Get-AgentTask -Assignee bob).Count | Should -Be 2
        Get-AgentTask -Assignee eva | Should -BeNullOrEmpty
    }

    It 'tells what it would do with -WhatIf, and does nothing' {
        $run = Invoke-TaskAssignment -WhatIf -WarningAction SilentlyContinue
        $run.WhatIf | Should -BeTrue
        $run.Assigned.Count | Should -Be 6
        Get-AgentTask -Assignee * | Should -BeNullOrEmpty
    }

    It 'keeps to those who are named, to a swarm and to the numbers' {
        $null = New-AgentTask S-1 -Swarm s
        (Invoke-TaskAssignment ann -Swarm s).Assigned.TaskId | Should -Be 'S-1'
        $run = Get-Agent bob | Invoke-TaskAssignment -MaxParallel 2 -WarningAction SilentlyContinue
        $run.Assigned.Agent | Select-Object -Unique | Should -Be 'bob'
        $run.Assigned.Count | Should -Be 2
    }

    It 'sets right first what a process left that is gone' {
        $shell = Start-Shell '$null = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann'
        $null = Wait-Shell $shell
        $run = Invoke-TaskAssignment -WarningAction SilentlyContinue
        ($run.Maintenance | Where-Object Subject -eq T-1).Kind | Should -Contain 'HolderDied'
        (Get-AgentTask T-1).Status | Should -Be 'Todo'
        (Get-AgentTask T-1).Strikes | Should -Be 1
    }

    It 'leaves interactive tasks to people' {
        Set-AgentTask T-1 -Tag interactive
        (Invoke-TaskAssignment -WarningAction SilentlyContinue).Assigned.TaskId | Should -Not -Contain 'T-1'
    }

    It 'refuses <Text>' -TestCases @(
        @{ Text = 'no tasks for an agent'; Parameters = @{ MaxPerAgent = 0 }; Code = 'InvalidArgument' }
        @{ Text = 'no tasks at once'; Parameters = @{ MaxParallel = 0 }; Code = 'InvalidArgument' }
        @{ Text = 'an agent that is not registered'; Parameters = @{ Agent = 'none' }; Code = 'AgentNotFound' }
    ) {
        param($Parameters, $Code)
        Get-ErrorId { Invoke-TaskAssignment @Parameters } | Should -Be "$Code,TaskLocking.PowerShell.InvokeTaskAssignmentCommand"
        Get-AgentTask -Assignee * | Should -BeNullOrEmpty
    }

    # Wine makes no links.
    It 'is run by the script of its help, as a scheduler would' -Skip:([bool] $env:TASKLOCKING_TEST_WINE) {
        $texts = (Get-Help Invoke-TaskAssignment).examples.example | ForEach-Object { $_.code }
        $script = $texts | Where-Object { $_ -match 'nightly\.ps1: one run' }
        $script | Set-Content nightly.ps1
        $modules = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item $modules -ItemType Directory
        $null = New-Item (Join-Path $modules TaskLocking) -ItemType ('SymbolicLink', 'Junction')[$IsWindows] -Value (Split-Path $ManifestPath)
        $before = $env:PSModulePath
        try {
            $env:PSModulePath = $modules + [IO.Path]::PathSeparator + $before
            & (Get-Process -Id $PID).Path -NoProfile -File nightly.ps1 -Workspace (Get-Location).ProviderPath
            $LASTEXITCODE | Should -Be 0
            Get-Content logs/*.log | Should -Contain '  T-1 to ann'
            @(Get-AgentTask -Unassigned).Count | Should -Be 0
            & (Get-Process -Id $PID).Path -NoProfile -File nightly.ps1 -Workspace (Join-Path $TestDrive nowhere) -LogFolder logs
            $LASTEXITCODE | Should -Be 1
            (Get-Content logs/*.log)[-1] | Should -Match 'PathNotFound'
        }
        finally {
            $env:PSModulePath = $before
        }
    }
}
