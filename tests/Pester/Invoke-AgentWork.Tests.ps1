BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Invoke-AgentWork' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace; Remove-Item Env:/TASKLOCKING_AGENT -ErrorAction Ignore }

    It 'runs the block in the scope of the caller for each task, dependencies first, and completes them' {
        $null = New-AgentTask T-2 -DependsOn T-1 -WarningAction Ignore
        $null = New-AgentTask T-1, T-3
        $seen = @()
        $written = Invoke-AgentWork -Agent ann -UntilEmpty { $seen += $_.Id; $_.Claim.Agent; "$($_.Status)" }
        $seen | Sort-Object | Should -Be 'T-1', 'T-2', 'T-3'
        $seen.IndexOf('T-1') | Should -BeLessThan $seen.IndexOf('T-2')
        $written | Should -Be (@('ann', 'InProgress') * 3)
        (Get-AgentTask).Status | Should -Be (@('Done') * 3)
        (Get-AgentTask T-1).Attempt | Should -Be 1
    }

    It 'fails a task by <Name>' -ForEach @(
        @{ Name = 'what is thrown'; Block = { throw 'no such branch' }; Reason = 'no such branch' }
        @{ Name = 'what would only end a statement'; Block = { [int]::Parse('x'); 'on' }; Reason = '*' }
        @{ Name = 'a terminating error of a cmdlet'; Block = { Get-Item ./none -ErrorAction Stop }; Reason = '*none*' }
        @{ Name = 'the exit code of a program'; Block = { & (Get-Process -Id $PID).Path -NoProfile -Command 'exit 7' }; Reason = 'exit code 7' }
        @{ Name = 'exit in a script'; Block = { ./script.ps1 }; Reason = 'exit code 3' }
    ) {
        'exit 3' | Set-Content script.ps1
        $null = New-AgentTask T-1
        $result = Invoke-AgentWork -Agent ann -Once -PassThru $Block -WarningVariable warned -WarningAction SilentlyContinue
        $result.Result | Should -Be 'Failed'
        $result.Reason | Should -BeLike $Reason
        $result.Attempt | Should -Be 1
        $warned | Should -BeLike 'Task T-1 failed: *'
        $task = Get-AgentTask T-1
        $task.Status | Should -Be 'Failed'
        $task.Failure.Reason | Should -BeLike $Reason
    }

    It 'shows errors that the block goes on after, and fails by them only when told so' {
        $null = New-AgentTask T-1, T-2
        $ErrorActionPreference = 'Continue' # The block runs in this scope, and for the tests an error ends it.
        $block = { Write-Error 'by the way'; 'on' }
        $out = Invoke-AgentWork -Agent ann -Once $block -ErrorVariable shown -ErrorAction SilentlyContinue
        $out | Should -Be 'on'
        $shown | Should -BeLike '*by the way*'
        Invoke-AgentWork -Agent ann -Once -FailOn AnyError $block -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -Be 'on'
        (Get-AgentTask T-1).Status | Should -Be 'Done'
        (Get-AgentTask T-2).Failure.Reason | Should -Be 'by the way'
    }

    It 'counts no exit code that it is not to count, and none from before' {
        $null = New-AgentTask T-1, T-2
        & (Get-Process -Id $PID).Path -NoProfile -Command 'exit 7'
        Invoke-AgentWork -Agent ann -Once { }
        Invoke-AgentWork -Agent ann -Once -FailOn TerminatingError { & (Get-Process -Id $PID).Path -NoProfile -Command 'exit 7' }
        (Get-AgentTask).Status | Should -Be 'Done', 'Done'
    }

    It 'tries again, and tells what is left when only people can go on' {
        $null = New-AgentTask flaky -MaxAttempt 2 -RetryDelay 1s
        $null = New-AgentTask bad
        $null = New-AgentTask behind -DependsOn bad
        $null = New-AgentTask looked -NeedsReview
        $turn = 0
        $told = Invoke-AgentWork -Agent ann -UntilEmpty -PassThru -WarningAction SilentlyContinue -Verbose {
            if ($_.Id -eq 'bad') { throw 'bad' }
            if ($_.Id -eq 'flaky' -and $turn++ -eq 0) { throw 'once' }
        } 4>&1
        $results = $told | Where-Object { $_ -is [TaskLocking.WorkResult] }
        $results | ForEach-Object { "$($_.TaskId) $($_.Result)" } | Sort-Object |
            Should -Be 'bad Failed', 'flaky Done', 'flaky Retry', 'looked Review'
        @($told)[-1].Message | Should -Be 'Nothing is left to do: 1 done, 1 in review, 1 failed, 1 blocked.'
    }

    It 'stops the block when the claim is lost' {
        $null = New-AgentTask T-1
        $other = Start-Shell ("`$null = [Console]::In.ReadLine(); " +
            "Revoke-TaskAssignment T-1 ann -Force -Confirm:`$false; 'revoked'")
        $result = Invoke-AgentWork -Agent ann -Once -PassThru -WarningAction SilentlyContinue {
            $other.StandardInput.WriteLine()
            Start-Sleep 600
        }
        Wait-Shell $other | Should -Be 'revoked'
        $result.Result | Should -Be 'Lost'
        $result.Reason | Should -BeLike '*taken away*'
        (Get-AgentTask T-1).Status | Should -Be 'Todo'
    }

    It 'stops the block by the time limit, and the task fails by it' {
        $null = New-AgentTask T-1 -TimeLimit 1s
        $result = Invoke-AgentWork -Agent ann -Once -PassThru -WarningAction SilentlyContinue { Start-Sleep 600 }
        "$($result.Result): $($result.Reason)" | Should -Be 'Failed: timed out after 1 s'
        # The session is whole.
        (Get-AgentTask T-1).Failure.Reason | Should -Be 'timed out after 1 s'
    }

    It 'gives the task back when whoever reads has had enough' {
        $null = New-AgentTask T-1
        Invoke-AgentWork -Agent ann -UntilEmpty { 'first'; Start-Sleep 600 } | Select-Object -First 1 | Should -Be 'first'
        $task = Get-AgentTask T-1
        "$($task.Status) $($task.Attempt) $($task.Claim)" | Should -Be 'Todo 0 '
    }

    It 'gives the task back when it is stopped' {
        $null = New-AgentTask T-1
        $shell = New-Shell
        $null = $shell.AddScript('Invoke-AgentWork -Agent ann -UntilEmpty { "here"; Start-Sleep 600 }')
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        Wait-FirstItem $output
        $shell.Stop()
        { $shell.EndInvoke($running) } | Should -Throw
        $task = Get-AgentTask T-1
        "$($task.Status) $($task.Attempt) $($task.Claim)" | Should -Be 'Todo 0 '
        $shell.Dispose()
    }

    It 'leaves a task that is free at once when its session is killed' {
        $null = New-AgentTask T-1
        $worker = Start-Shell 'Invoke-AgentWork -Agent ann -UntilEmpty { [Console]::Out.WriteLine("here"); Start-Sleep 600 }'
        $worker.StandardOutput.ReadLine() | Should -Be 'here'
        $worker.Kill()
        $worker.WaitForExit()
        (Request-AgentTask -Agent bob).Id | Should -Be 'T-1'
    }

    It 'ends for nothing to do, and takes no more than it is to' {
        $null = 1..3 | ForEach-Object { "T-$_" } | New-AgentTask -Swarm s
        Invoke-AgentWork -Agent ann -Swarm other -IdleTimeout 0s { throw 'never' }
        Invoke-AgentWork -Agent ann -Swarm s -Count 2 { }
        (Get-AgentTask -Status Done).Count | Should -Be 2
        $env:TASKLOCKING_AGENT = 'eve'
        (Invoke-AgentWork -Once -PassThru { }).Task.Assignee.Name | Should -Be 'eve'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'no agent'; Block = { Invoke-AgentWork { } }; Id = 'InvalidArgument' }
        @{ Name = 'once and a count'; Block = { Invoke-AgentWork -Agent ann -Once -Count 2 { } }; Id = 'InvalidArgument' }
        @{ Name = 'an empty swarm'; Block = { Invoke-AgentWork -Agent ann -Swarm '' { } }; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'no tags'; Block = { Invoke-AgentWork -Agent ann -Tag @() { } }; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'a lease of a moment'; Block = { Invoke-AgentWork -Agent ann -Ttl 0s { } }; Id = 'InvalidArgument' }
    ) {
        $null = New-AgentTask T-1
        Get-ErrorId $Block | Should -BeLike "$Id,*InvokeAgentWorkCommand"
        (Get-AgentTask T-1).Status | Should -Be 'Todo'
    }

    It 'runs nothing with -WhatIf' {
        $null = New-AgentTask T-1
        Invoke-AgentWork -Agent ann -UntilEmpty -WhatIf { throw 'never' }
        (Get-AgentTask T-1).Status | Should -Be 'Todo'
    }

    It 'shows what became of a task as a table' {
        $null = New-AgentTask T-1
        Invoke-AgentWork -Agent ann -Once -PassThru { } | Out-String | Should -Match 'TaskId\s+Result\s+Attempt\s+Duration\s+Reason'
    }

    It 'is a fleet: three sessions, one of them killed, do each task as its block ends' {
        $seed = Get-Random
        Write-Information "seed $seed" -InformationAction Continue
        $random = [System.Random]::new($seed)
        $kinds = 'good', 'good', 'good', 'bad', 'flaky'
        $expected = @{}
        foreach ($number in 0..23) {
            $kind = $kinds[$random.Next($kinds.Count)]
            $behind = @(if ($number) { @($expected.Keys | Sort-Object)[$random.Next($expected.Count)] })
            $id = '{0:00}-{1}' -f $number, $kind
            $null = New-AgentTask $id -MaxAttempt $(if ($kind -eq 'flaky') { 6 } else { 1 }) -RetryDelay 1s -DependsOn $behind
            $isHeld = $behind | Where-Object { $expected[$_] -ne 'Done' }
            $expected[$id] = if ($isHeld) { 'Blocked' } elseif ($kind -eq 'bad') { 'Failed' } else { 'Done' }
        }
        $work = @'
            Invoke-AgentWork -Agent ([string]$PID) -UntilEmpty -WarningAction SilentlyContinue {
                [Console]::Out.WriteLine("$($_.Id) $($_.Claim.Token)")
                if ($_.Id -like '*bad') { throw 'bad' }
                if ($_.Id -like '*flaky' -and -not (Test-Path "$($_.Id).seen")) { $null = New-Item "$($_.Id).seen"; cmd-that-is-not-there }
            }
'@
        $workers = 1..3 | ForEach-Object { Start-Shell $work }
        $victim = $workers[$random.Next(3)]
        $first = $victim.StandardOutput.ReadLine()
        $victim.Kill()
        $victim.WaitForExit()
        $lines = @($first) + @($workers | Where-Object { $_ -ne $victim } | ForEach-Object { (Wait-Shell $_) -split '\r?\n' }) | Where-Object { $_ }
        # No claim twice.
        @($lines | Sort-Object -Unique).Count | Should -Be @($lines).Count
        foreach ($task in Get-AgentTask) { "$($task.Id) $($task.Status)" | Should -Be "$($task.Id) $($expected[$task.Id])" }
    }
}
