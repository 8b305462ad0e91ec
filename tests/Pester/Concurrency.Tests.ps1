BeforeAll {
    . "$PSScriptRoot/Setup.ps1"

    # The same script in several runspaces at once; gives output and errors of each.
    function Invoke-Parallel([int] $Count, [string] $Script) {
        $shells = @(1..$Count | ForEach-Object { New-Shell })
        try {
            $runs = for ($n = 0; $n -lt $Count; $n++) {
                $null = $shells[$n].AddScript("`$n = $n; $Script")
                [pscustomobject]@{ Shell = $shells[$n]; Run = $shells[$n].BeginInvoke() }
            }
            foreach ($run in $runs) {
                [pscustomobject]@{
                    Output = @($run.Shell.EndInvoke($run.Run))
                    Errors = @($run.Shell.Streams.Error | ForEach-Object FullyQualifiedErrorId)
                }
            }
        }
        finally {
            $shells | ForEach-Object { $_.Runspace.Dispose(); $_.Dispose() }
        }
    }
}

Describe 'Parallel runspaces' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'define distinct tasks, none lost' {
        $results = Invoke-Parallel 8 '1..10 | ForEach-Object { (New-AgentTask "T-$n-$_" -TimeoutSec 60).Id }'
        $results.Errors | Should -BeNullOrEmpty
        @(Get-AgentTask).Count | Should -Be 80
        @($results.Output | Sort-Object -Unique).Count | Should -Be 80
    }

    It 'define one task: one winner' {
        $results = Invoke-Parallel 8 'New-AgentTask T-1 -Name "by $n" -TimeoutSec 60'
        @($results.Output).Count | Should -Be 1
        $results.Errors | Should -Be (@('TaskAlreadyDefined,TaskLocking.PowerShell.NewAgentTaskCommand') * 7)
        (Get-AgentTask T-1).Name | Should -Be $results.Output[0].Name
    }

    It 'fight for one task: one winner' {
        $null = New-AgentTask T-1
        $results = Invoke-Parallel 8 'Grant-TaskAssignment T-1 "agent$n" -PassThru -TimeoutSec 60'
        @($results.Output).Count | Should -Be 1
        $results.Errors | Should -Be (@('TaskAlreadyAssigned,TaskLocking.PowerShell.GrantTaskAssignmentCommand') * 7)
        (Get-AgentTask T-1).Assignee.Name | Should -Be $results.Output[0].Assignee.Name
    }

    It 'lose no change to different tasks' {
        $null = 0..7 | ForEach-Object { "T-$_" } | New-AgentTask
        $results = Invoke-Parallel 8 '1..10 | ForEach-Object { Set-AgentTask "T-$n" -Content "round $_" -TimeoutSec 60 }'
        $results.Errors | Should -BeNullOrEmpty
        (Get-AgentTask).Content | Should -Be (@('round 10') * 8)
        foreach ($n in 0..7) {
            @(Get-TaskHistory "T-$n" | Where-Object Field -EQ content).Count | Should -Be 10
        }
    }

    It 'lock overlapping sets and never two inside one' {
        $null = 1..4 | ForEach-Object { "T-$_" } | New-AgentTask
        $results = Invoke-Parallel 4 @'
foreach ($round in 1..10) {
    Lock-AgentTask "T-$(1 + $n % 4)", "T-$(1 + ($n + 1) % 4)" -TimeoutSec 60 {
        foreach ($id in "T-$(1 + $n % 4)", "T-$(1 + ($n + 1) % 4)") {
            [System.IO.File]::Open("$PWD/$id.inside", 'CreateNew', 'Write', 'None').Dispose()
        }
        foreach ($id in "T-$(1 + $n % 4)", "T-$(1 + ($n + 1) % 4)") {
            [System.IO.File]::Delete("$PWD/$id.inside")
        }
        'inside'
    }
}
'@
        $results.Errors | Should -BeNullOrEmpty
        @($results.Output).Count | Should -Be 40
    }

    It 'are sessions of their own: one does not enter the lock of another' {
        $null = New-AgentTask T-1
        $null = Lock-AgentTask T-1
        $results = Invoke-Parallel 2 'Set-AgentTask T-1 -Name x -TimeoutSec 0'
        $results.Errors | Should -Be (@('LockTimeout,TaskLocking.PowerShell.SetAgentTaskCommand') * 2)
    }
}

Describe 'Other processes' {
    BeforeEach {
        Enter-Workspace
        $null = 'T-1', 'T-2' | New-AgentTask
        $started = [System.Collections.Generic.List[System.Diagnostics.Process]]::new()
    }
    AfterEach {
        foreach ($process in $started) {
            if (-not $process.HasExited) { $process.Kill() }
            $process.WaitForExit()
            $process.Dispose()
        }
        Exit-Workspace
    }

    It 'define at the same moment, one winner for one id' {
        $script = '"ready"; $null = [Console]::In.ReadLine(); try { New-AgentTask same -ErrorAction Stop | ForEach-Object Id } catch { $_.FullyQualifiedErrorId }; (New-AgentTask "P-$PID").Id'
        1..4 | ForEach-Object { $started.Add((Start-Shell $script)) }
        $started | ForEach-Object { $_.StandardOutput.ReadLine() | Should -Be 'ready' }
        $started | ForEach-Object { $_.StandardInput.WriteLine() }
        $lines = $started | ForEach-Object { (Wait-Shell $_) -split '\r?\n' }
        @($lines -eq 'same').Count | Should -Be 1
        @($lines -eq 'TaskAlreadyDefined,TaskLocking.PowerShell.NewAgentTaskCommand').Count | Should -Be 3
        @(Get-AgentTask P-*).Count | Should -Be 4
    }

    It 'are let through when they were started under the lock' {
        $null = Lock-AgentTask T-1
        $env:TASKLOCKING_SESSION | Should -Not -BeNullOrEmpty
        $started.Add((Start-Shell 'Set-AgentTask T-1 -Name child -TimeoutSec 0; (Get-AgentTask T-1).Name'))
        Wait-Shell $started[0] | Should -Be 'child'
        Unlock-AgentTask T-1
        $env:TASKLOCKING_SESSION | Should -BeNullOrEmpty
    }

    It 'are kept out otherwise' {
        $null = Lock-AgentTask T-1
        $started.Add((Start-Shell 'try { Set-AgentTask T-1 -Name x -TimeoutSec 0 } catch { $_.FullyQualifiedErrorId }' -Stranger))
        Wait-Shell $started[0] | Should -Be 'LockTimeout,TaskLocking.PowerShell.SetAgentTaskCommand'
    }

    It 'leave no lock when they are killed' {
        $started.Add((Start-Shell '$null = Lock-AgentTask T-1, T-2 -Agent victim; "locked"; $null = [Console]::In.ReadLine()'))
        $started[0].StandardOutput.ReadLine() | Should -Be 'locked'
        Get-ErrorId { Lock-AgentTask T-1 -TimeoutSec 0 } | Should -Be 'LockTimeout,TaskLocking.PowerShell.LockAgentTaskCommand'
        $started[0].Kill()
        $started[0].WaitForExit()
        (Lock-AgentTask T-1, T-2 -TimeoutSec 0).IsHeld | Should -BeTrue
    }

    It 'bring the document up to date before they end' {
        $started.Add((Start-Shell '$null = New-AgentTask P-1; exit 3'))
        $null = Wait-Shell $started[0]
        $started[0].ExitCode | Should -Be 3
        (Get-Content .todo2/state.todo2.json -Raw | ConvertFrom-Json).todos.id | Should -Be @('T-1', 'T-2', 'P-1')
    }

    It 'leave every acknowledged change when they are killed' {
        $started.Add((Start-Shell 'foreach ($n in 1..1000) { (New-AgentTask "K-$n").Id }'))
        $seen = 1..20 | ForEach-Object { $started[0].StandardOutput.ReadLine() }
        $started[0].Kill()
        $started[0].WaitForExit()
        (Get-AgentTask $seen).Id | Should -Be $seen
    }

    It 'name the holder in a progress record while they wait' {
        $null = Lock-AgentTask T-1 -Agent ann
        $shell = New-Shell
        try {
            Invoke-Shell $shell 'Lock-AgentTask T-1 -TimeoutSec 2'
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -Be 'LockTimeout,TaskLocking.PowerShell.LockAgentTaskCommand'
            $record = $shell.Streams.Progress | Where-Object RecordType -EQ Processing | Select-Object -First 1
            $record.StatusDescription | Should -Match 'ann'
            $record.Activity | Should -Match 'T-1'
            @($shell.Streams.Progress | Where-Object RecordType -EQ Completed).Count | Should -Be 1
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}
