BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Request-AgentTask' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace; Remove-Item Env:/TASKLOCKING_AGENT -ErrorAction Ignore }

    It 'claims the best ready task, by priority, then age' {
        $null = New-AgentTask T-1 -Priority Low
        $null = New-AgentTask T-2 -Priority High -DependsOn T-1
        $null = New-AgentTask T-3 -Priority Medium
        $null = New-AgentTask T-4 -Priority Medium
        (1..4 | ForEach-Object { Request-AgentTask -Agent ann }).Id | Should -Be @('T-3', 'T-4', 'T-1')
    }

    It 'gives the task with its claim, assigned to the agent and judged by this process' {
        $null = New-AgentTask T-1
        $task = Request-AgentTask -Agent ann
        $task | Should -BeOfType TaskLocking.AgentTask
        "$($task.Assignee)" | Should -Be 'agent:ann'
        $task.Status | Should -Be 'Todo'
        $task.Claim.Agent | Should -Be 'ann'
        $task.Claim.Token | Should -BeGreaterThan 0
        $task.Claim.Pid | Should -Be $PID
        $task.Claim.Host | Should -Be ([Environment]::MachineName)
        $task.Claim.ProcessStart | Should -Be ([TaskLocking.ProcessLiveness]::StartOf($PID))
        ($task.Claim.Expires - $task.Claim.Claimed).TotalHours | Should -Be 4
        (Get-AgentTask T-1).Claim.Token | Should -Be $task.Claim.Token
    }

    It 'takes a process, none, or another time' {
        $null = 'T-1', 'T-2' | New-AgentTask
        $task = Request-AgentTask -Agent ann -ProcessId 0 -Ttl 90m
        $task.Claim.Pid | Should -BeNullOrEmpty
        ($task.Claim.Expires - $task.Claim.Claimed).TotalMinutes | Should -Be 90
        $shell = Start-Shell '$null = [Console]::In.ReadLine()'
        (Request-AgentTask -Agent ann -ProcessId $shell.Id).Claim.Pid | Should -Be $shell.Id
        $null = Wait-Shell $shell
    }

    It 'refuses a process that is not there' {
        $null = New-AgentTask T-1
        Get-ErrorId { Request-AgentTask -Agent ann -ProcessId ([int]::MaxValue) } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.RequestAgentTaskCommand'
        (Get-AgentTask T-1).Claim | Should -BeNullOrEmpty
    }

    It 'gives nothing and no error when nothing is free, and tells why when asked' {
        $null = New-AgentTask T-1 -NotBefore (Get-Date).AddHours(1)
        Request-AgentTask -Agent ann -ErrorAction Stop | Should -BeNullOrEmpty
        @(Request-AgentTask -Agent ann -Verbose 4>&1)[-1] | Should -BeOfType System.Management.Automation.VerboseRecord
    }

    It 'warns of what waits for what will not come, when nothing is free' {
        $null = New-AgentTask B -DependsOn nowhere -WarningAction SilentlyContinue
        Request-AgentTask -Agent ann -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warned | Should -BeLike '1 task waits for what will not come: B waits for nowhere, which is no task.*'
        $null = New-AgentTask A
        (Request-AgentTask -Agent ann -WarningVariable warned -WarningAction SilentlyContinue).Id | Should -Be 'A'
        $warned | Should -BeNullOrEmpty
    }

    It 'knows the agent from TASKLOCKING_AGENT, and refuses without one' {
        $null = New-AgentTask T-1
        Get-ErrorId { Request-AgentTask } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.RequestAgentTaskCommand'
        $env:TASKLOCKING_AGENT = 'eve'
        (Request-AgentTask).Claim.Agent | Should -Be 'eve'
        (Get-TaskHistory T-1)[-1].By | Should -Be 'eve'
    }

    It 'gives a task only to who may do it: <Text>' -TestCases @(
        @{ Text = 'a capability'; Task = @{ Requires = 'gpu', 'net' }; No = @{ Agent = 'ann'; Capability = 'gpu' }; Yes = @{ Agent = 'ann'; Capability = 'net', 'gpu' } }
        @{ Text = 'a list of agents'; Task = @{ AllowAgent = 'bob' }; No = @{ Agent = 'ann' }; Yes = @{ Agent = 'bob' } }
        @{ Text = 'a swarm'; Task = @{ Swarm = 's' }; No = @{ Agent = 'ann'; Swarm = 't' }; Yes = @{ Agent = 'ann'; Swarm = 's' } }
        @{ Text = 'tags'; Task = @{ Tag = 'a' }; No = @{ Agent = 'ann'; Tag = 'a', 'b' }; Yes = @{ Agent = 'ann'; Tag = 'a' } }
    ) {
        param($Task, $No, $Yes)
        $null = New-AgentTask T-1 @Task
        Request-AgentTask @No | Should -BeNullOrEmpty
        (Request-AgentTask @Yes).Id | Should -Be 'T-1'
    }

    It 'knows what an agent is registered for' {
        $null = Register-Agent ann -Capability gpu -MaxTask 1
        $null = New-AgentTask T-1 -Requires gpu
        $null = New-AgentTask T-2
        (Request-AgentTask -Agent ann).Id | Should -Be 'T-1'
        Request-AgentTask -Agent ann | Should -BeNullOrEmpty
    }

    It 'passes over a task whose files somebody else has, or claims it with a warning' {
        $null = Lock-AgentFile 'src/*.cs' -Agent bob
        $null = New-AgentTask T-1 -File src/a.cs, docs/a.md
        Request-AgentTask -Agent ann | Should -BeNullOrEmpty
        $warnings = $null
        (Request-AgentTask -Agent ann -OnOverlap Warn -WarningVariable warnings -WarningAction SilentlyContinue).Id | Should -Be 'T-1'
        "$warnings" | Should -Match 'src/a\.cs.*bob'
        (Get-AgentFileLock -Agent ann).Path | Should -Be 'docs/a.md'
    }

    It 'takes the files of the task with the claim' {
        $null = New-AgentTask T-1 -File 'src/**', a.md
        $null = Request-AgentTask -Agent ann
        $leases = Get-AgentFileLock
        $leases.Path | Should -Be @('a.md', 'src/**')
        $leases.TaskId | Should -Be @('T-1', 'T-1')
    }

    It 'begins the work in the same commit with -Start' {
        $null = New-AgentTask T-1
        $task = Request-AgentTask -Agent ann -Start
        $task.Status | Should -Be 'InProgress'
        $task.Attempt | Should -Be 1
        $task.Version | Should -Be $task.Claim.Token
        $task | Complete-AgentTask -Agent ann -PassThru | ForEach-Object Status | Should -Be 'Done'
    }

    It 'takes several in one commit with -Count, as many as are free and as the agent may have' {
        $null = 1..5 | ForEach-Object { "T-$_" } | New-AgentTask
        $null = Register-Agent ann -MaxTask 3
        $tasks = @(Request-AgentTask -Agent ann -Count 2)
        $tasks.Id | Should -Be @('T-1', 'T-2')
        @($tasks.Claim.Token | Sort-Object -Unique).Count | Should -Be 1
        @(Request-AgentTask -Agent ann -Count 9).Id | Should -Be @('T-3')
        @(Request-AgentTask -Agent bob -Count 9 -Start).Status | Should -Be @('InProgress', 'InProgress')
        Get-ErrorId { Request-AgentTask -Agent bob -Count 0 } | Should -Be 'ParameterArgumentValidationError,TaskLocking.PowerShell.RequestAgentTaskCommand'
    }

    It 'claims nothing with -WhatIf' {
        $null = New-AgentTask T-1
        Request-AgentTask -Agent ann -WhatIf | Should -BeNullOrEmpty
        (Get-AgentTask T-1).Claim | Should -BeNullOrEmpty
    }

    It 'takes back what a process left that is gone, and counts a strike' {
        $null = New-AgentTask T-1
        $shell = Start-Shell '(Request-AgentTask -Agent bob).Claim.Token'
        $token = [long](Wait-Shell $shell)
        $task = Request-AgentTask -Agent ann
        $task.Id | Should -Be 'T-1'
        $task.Strikes | Should -Be 1
        $task.Claim.Token | Should -BeGreaterThan $token
    }

    It 'refuses the time <_>' -ForEach '500', '0s', '31d', 'soon' {
        $null = New-AgentTask T-1
        Get-ErrorId { Request-AgentTask -Agent ann -Ttl $_ } | Should -Match '^(InvalidArgument|ParameterArgumentTransformationError),TaskLocking.PowerShell.RequestAgentTaskCommand$'
        (Get-AgentTask T-1).Claim | Should -BeNullOrEmpty
    }

    It 'gives each task once to processes that ask at the same time' {
        $null = 1..24 | ForEach-Object { "T-$_" } | New-AgentTask
        $script = '[Console]::Out.WriteLine(''ready''); $null = [Console]::In.ReadLine(); while ($t = Request-AgentTask -Agent $PID | Start-AgentTask -Agent $PID) { $t.Id; $t | Complete-AgentTask -Agent $PID }'
        $shells = 1..3 | ForEach-Object { Start-Shell $script }
        $shells | ForEach-Object { $_.StandardOutput.ReadLine() | Should -Be 'ready' }
        $shells | ForEach-Object { $_.StandardInput.WriteLine() }
        $done = $shells | ForEach-Object { (Wait-Shell $_) -split '\s+' } | Where-Object { $_ }
        @($done).Count | Should -Be 24
        @($done | Sort-Object -Unique).Count | Should -Be 24
        @(Get-AgentTask -Status Done).Count | Should -Be 24
    }
}

Describe 'Request-AgentTask that waits' {
    BeforeEach { Enter-Workspace; $null = New-AgentTask T-1; $null = Request-AgentTask -Agent ann -Start }
    AfterEach { Exit-Workspace }

    It 'waits for a task that comes' {
        $shell = New-Shell
        $null = $shell.AddScript('Request-AgentTask -Agent bob -Start -Wait 1h -Verbose')
        $running = $shell.BeginInvoke()
        Wait-FirstItem $shell.Streams.Verbose
        $null = New-AgentTask T-2
        $shell.EndInvoke($running).Id | Should -Be 'T-2'
        $shell.Dispose()
    }

    It 'ends when its time is over, or nothing can come any more' {
        Request-AgentTask -Agent bob -Wait 0s | Should -BeNullOrEmpty
        Request-AgentTask -Agent bob -Wait 2h -WhatIf | Should -BeNullOrEmpty
        Get-ErrorId { Request-AgentTask -Agent bob -Wait soon } |
            Should -Be 'ParameterArgumentTransformationError,TaskLocking.PowerShell.RequestAgentTaskCommand'
        Complete-AgentTask T-1 -Agent ann -Next -UntilEmpty -PassThru | ForEach-Object Status | Should -Be 'Done'
        Request-AgentTask -Agent bob -UntilEmpty -Verbose 4>&1 | Select-Object -Last 1 | Should -Be 'Nothing is left to do: 1 done.'
    }

    It 'claims nothing when it is stopped' {
        $shell = New-Shell
        $null = $shell.AddScript('Request-AgentTask -Agent bob -UntilEmpty -Verbose')
        $running = $shell.BeginInvoke()
        Wait-FirstItem $shell.Streams.Verbose
        $shell.Stop()
        { $shell.EndInvoke($running) } | Should -Throw
        $shell.Dispose()
        (Get-AgentTask T-1).Claim.Agent | Should -Be 'ann'
    }
}

Describe 'A request with an id' {
    BeforeEach { Enter-Workspace; $null = New-AgentTask T-1, T-2 }
    AfterEach { Exit-Workspace }

    It 'is done once and answered alike by each cmdlet that takes one' {
        $first = Request-AgentTask -Agent ann -Start -RequestId r1
        $again = Request-AgentTask -Agent ann -Start -RequestId r1
        $again.Id, $again.Claim.Token | Should -Be T-1, $first.Claim.Token
        1..2 | ForEach-Object { Complete-AgentTask T-1 -Agent ann -Token $first.Claim.Token -RequestId r2 -ErrorAction Stop }
        1..2 | ForEach-Object { (New-AgentTask T-3 -RequestId r3 -ErrorAction Stop).Id } | Should -Be T-3, T-3
        1..2 | ForEach-Object { (Set-AgentTask T-3 -Tag x -RequestId r4 -PassThru).Version } | Select-Object -Unique | Should -HaveCount 1
        1..2 | ForEach-Object { Grant-TaskAssignment T-3 bob -RequestId r5 -ErrorAction Stop }
        1..2 | ForEach-Object { Revoke-TaskAssignment T-3 -RequestId r6 -Assignee bob -ErrorAction Stop }
        1..2 | ForEach-Object { Add-TaskDependency T-3 T-2 -RequestId r7 -ErrorAction Stop }
        (Watch-AgentTask -All -TimeoutSec 0).Kind | Should -Be Defined, Started, Completed, Defined, Changed, Assigned, Unassigned, Changed
    }

    It 'is refused where the id was used for another' {
        $null = Request-AgentTask -Agent ann -RequestId r1
        Get-ErrorId { Request-AgentTask -Agent bob -RequestId r1 } | Should -Be 'RequestIdReused,TaskLocking.PowerShell.RequestAgentTaskCommand'
        (Get-AgentTask | Where-Object Claim).Id | Should -Be T-1
    }
}
