BeforeDiscovery {
    . "$PSScriptRoot/Setup.ps1"
    # What a cmdlet writes, run in a workspace with something of everything. A cmdlet that writes anything of ours has to be here.
    $written = [ordered]@{
        'Get-AgentTask' = { Get-AgentTask }
        'Find-AgentTask' = { Find-AgentTask first }
        'Get-AgentWork' = { Get-AgentWork }
        'Wait-AgentTask' = { Wait-AgentTask first -For InProgress }
        'Watch-AgentTask' = { Watch-AgentTask -All -TimeoutSec 0 }
        'Approve-TaskWorkspace' = { Approve-TaskWorkspace . -Remove }
        'Get-TaskHistory' = { Get-TaskHistory first }
        'Get-TaskAssignment' = { Get-TaskAssignment; Get-TaskAssignment -Workload }
        'Get-TaskProgress' = { Get-TaskProgress; Get-TaskProgress s }
        'Get-TaskLockMetric' = { Get-TaskLockMetric; Get-TaskLockMetric * }
        'Get-Agent' = { Get-Agent }
        'Get-AgentFileLock' = { Get-AgentFileLock }
        'Get-TopicDirectory' = { Get-TopicDirectory }
        'Test-AgentTask' = { Test-AgentTask * }
        'Test-AgentFile' = { Test-AgentFile a, b -Agent zoe }
        'Test-TaskGraph' = { Test-TaskGraph }
        'Test-TaskWorkspace' = { Test-TaskWorkspace }
        'Test-TopicDirectory' = { Test-TopicDirectory }
        'New-AgentTask' = { New-AgentTask made -Tag t }
        'New-TopicDirectory' = { New-TopicDirectory made }
        'Repair-TopicDirectory' = {
            $null = New-Item repo/specs/001_a, repo/specs/001_b -ItemType Directory
            git init -q repo
            Set-Content repo/x.md 'specs/001_b #1'
            Repair-TopicDirectory -Root repo/specs -WhatIf
        }
        'Remove-TopicReservation' = {
            Remove-Item (New-TopicDirectory gone -Root repo/specs).Path -Recurse -Force
            Remove-TopicReservation -Root repo/specs
        }
        'Register-Agent' = { Register-Agent made -Capability c }
        'Request-AgentTask' = { Request-AgentTask -Agent bob }
        'Start-AgentTask' = { Grant-TaskAssignment made bob -Force; Start-AgentTask made -Agent bob }
        'Update-TaskLease' = { Update-TaskLease made -Agent bob -PassThru }
        'Submit-TaskFailure' = { Submit-TaskFailure made -Agent bob -Reason r -PassThru }
        'Restart-AgentTask' = { Restart-AgentTask made -PassThru }
        'Deny-AgentTask' = { Set-AgentTask made -Status Review; Deny-AgentTask made -Reason r -PassThru }
        'Complete-AgentTask' = { Request-AgentTask -Agent bob | Start-AgentTask -Agent bob | Complete-AgentTask -Agent bob -PassThru }
        'Set-AgentTask' = { Set-AgentTask made -Tag u -PassThru; Set-AgentTask made -Tag u -PassThru }
        'Compress-AgentTask' = { Compress-AgentTask 0s -WhatIf }
        'Expand-AgentTask' = { Expand-AgentTask first -PassThru }
        'Get-AgentSwarm' = { Get-AgentSwarm }
        'Get-AgentResource' = { $hold = Lock-AgentResource gpu; Get-AgentResource; $hold.Dispose() }
        'Suspend-AgentSwarm' = { Suspend-AgentSwarm s -PassThru }
        'Resume-AgentSwarm' = { Resume-AgentSwarm s -PassThru }
        'Stop-AgentSwarm' = { Stop-AgentSwarm s -WhatIf }
        'Import-AgentTask' = { '{"id":"imported"}' | Import-AgentTask }
        'Add-TaskNote' = { Add-TaskNote made n -PassThru }
        'Add-TaskDependency' = { Add-TaskDependency made first -PassThru }
        'Remove-TaskDependency' = { Remove-TaskDependency made first -PassThru }
        'Grant-TaskAssignment' = { Grant-TaskAssignment waits, first, none bob -SkipConflict; Grant-TaskAssignment given human:kim -PassThru }
        'Revoke-TaskAssignment' = { Revoke-TaskAssignment waits -Assignee bob -PassThru }
        'Lock-AgentFile' = { Lock-AgentFile c -Agent bob }
        'Unlock-AgentFile' = { Unlock-AgentFile c -Agent bob -PassThru }
        'Lock-AgentTask' = { Lock-AgentTask given }
        # After the task, as everybody has to.
        'Lock-AgentResource' = { Lock-AgentResource zpu }
        'Invoke-TaskAssignment' = { Invoke-TaskAssignment -WhatIf 3> $null; Register-Agent ann | Out-Null; Invoke-TaskAssignment -MaxPerAgent 9 3> $null }
        'Get-TaskAssignmentRun' = { Get-TaskAssignmentRun }
        'Remove-AgentTask' = { Remove-AgentTask made -PassThru }
        'Unregister-Agent' = { Unregister-Agent made -Force -PassThru }
        'Sync-TaskWorkspace' = { Sync-TaskWorkspace; $null = New-AgentTask other -Workspace (New-Item other -ItemType Directory); Sync-TaskWorkspace -Workspace other -Into . }
        'Invoke-AgentWork' = { $null = New-AgentTask work -Priority Critical; Invoke-AgentWork { } -Agent dora -Once -PassThru }
        'Measure-TaskLocking' = { Measure-TaskLocking -Phase Topics -TopicProcessCount 2 -TopicCount 1 }
    }
    $types = [TaskLocking.TaskBoard].Assembly.GetExportedTypes() + (Get-Command Get-TaskAssignment).ImplementingType.Assembly.GetExportedTypes() |
        Where-Object { [TaskLocking.ValueObject].IsAssignableFrom($_) -and -not $_.IsAbstract } | ForEach-Object { @{ Type = $_ } }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"

    function Test-Own([object] $Value) { $null -ne $Value -and ($Value -is [TaskLocking.ValueObject] -or $Value -is [TaskLocking.TaskHold]) }

    # The objects of ours that hang on what was written, each once.
    function Get-Part([object[]] $Written) {
        $seen = [System.Collections.Generic.HashSet[object]]::new([System.Collections.Generic.ReferenceEqualityComparer]::Instance)
        $open = [System.Collections.Generic.Queue[object]]::new()
        foreach ($value in $Written) { $open.Enqueue($value) }
        while ($open.Count -gt 0) {
            $value = $open.Dequeue()
            if ($value -is [System.Management.Automation.PSObject]) { $value = $value.PSObject.BaseObject }
            if ($value -is [System.Collections.IDictionary]) { continue }
            if ($value -is [System.Collections.IEnumerable] -and $value -isnot [string]) { foreach ($item in $value) { $open.Enqueue($item) } }
            if (-not (Test-Own $value) -or -not $seen.Add($value)) { continue }
            foreach ($property in $value.GetType().GetProperties()) { $open.Enqueue($property.GetValue($value)) }
            , $value
        }
    }

    # Tries to change an object by everything that PowerShell has; gives what could be changed.
    function Edit-ByForce([object] $Value) {
        foreach ($property in $Value.GetType().GetProperties()) {
            $name = $property.Name
            $before = $property.GetValue($Value)
            foreach ($new in 'vandal', 99, $null, $true, [datetimeoffset]::MinValue, @('vandal')) {
                try { $Value.$name = $new; "$($Value.GetType().Name).$name" } catch { $null = $_ }
                try { $Value.PSObject.Properties[$name].Value = $new; "$($Value.GetType().Name).$name by member" } catch { $null = $_ }
            }
            if ($before -is [System.Collections.IEnumerable] -and $before -isnot [string]) {
                $list = [System.Collections.IList]
                foreach ($change in {
                        $before[0] = 'vandal' }, { $list.GetMethod('set_Item').Invoke($before, @(0, $null)) }, { $list.GetMethod('Clear').Invoke($before, $null) },
                    { $list.GetMethod('Add').Invoke($before, @('vandal')) }, { $before.Clear() }, { $before.Add('vandal') }, { $before['Done'] = 99 }, { $before.Remove('plans') }) {
                    $count = @($before).Count
                    try { $null = & $change; if (@($before).Count -ne $count -or @($before)[0] -eq 'vandal') { "$($Value.GetType().Name).$name[]" } } catch { $null = $_ }
                }
            }
            # What is hung on an object is its own; what hangs on it is not to be met again.
            $Value | Add-Member -NotePropertyName $name -NotePropertyValue 'vandal' -Force
        }
        $Value | Add-Member -NotePropertyName Vandal -NotePropertyValue vandal -Force
    }

    # All that this process thinks of the store, as text; the same of another process.
    $script:picture = {
        (Get-AgentTask | ConvertTo-Json -Depth 5) + (Get-AgentTask | ForEach-Object ToJson) + (Get-Agent | ConvertTo-Json -Depth 5) +
        (Get-AgentFileLock | ConvertTo-Json -Depth 5) + (Test-AgentTask * -Agent ann -Capability c | ConvertTo-Json -Depth 5) + (Get-AgentTask -Ready).Id
    }

    # Something of everything: claims, a failure and what it blocks, leases, a person, files in the way, a circle-free graph with a gap.
    function New-Store {
        $null = Register-Agent ann, bob -Capability c, d -Hostname h
        $null = Register-Agent kim -Type human
        $null = New-AgentTask first -Tag x, y -File a -Priority Critical
        $null = New-AgentTask waits -DependsOn first -Requires c -AllowAgent ann, bob -Swarm s
        $null = New-AgentTask fails -Priority High
        $null = New-AgentTask blocked -DependsOn fails
        $null = New-AgentTask lost -DependsOn nowhere
        $null = 'given', 'free', 'more', 'rest' | New-AgentTask
        $null = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
        $null = Request-AgentTask -Agent bob | Start-AgentTask -Agent bob | Submit-TaskFailure -Agent bob -Reason 'no reason'
        Grant-TaskAssignment given human:kim
        $null = Lock-AgentFile b -Agent bob
        $null = New-TopicDirectory one
        $null = New-Item (Join-Path (Get-TopicDirectory).SpecsDirectory '003_three') -ItemType Directory
    }
}

Describe 'Objects' {
    It 'of type <Type.Name> have no public setter' -ForEach $types {
        $Type.GetProperties() | Where-Object { $_.SetMethod -and $_.SetMethod.IsPublic } | ForEach-Object Name | Should -BeNullOrEmpty
    }

    It 'have a case for each cmdlet that writes some, and only for those' -TestCases @{ Written = @($written.Keys) } {
        # Move-TaskWorkspace needs a server, and is looked at in its own file; what it writes is what Sync-TaskWorkspace does.
        $own = Get-Command -Module TaskLocking | Where-Object Name -NE 'Move-TaskWorkspace' | Where-Object { $_.OutputType.Type | Where-Object { $_.Assembly.GetName().Name -like 'TaskLocking.*' } }
        @($own.Name | Sort-Object) | Should -Be @($Written | Sort-Object)
    }
}

Describe 'What cmdlets write' {
    BeforeEach {
        Enter-Workspace
        New-Store
    }
    AfterEach {
        Unlock-AgentTask -All
        Exit-Workspace
    }

    It 'can be changed by nobody, and is nobody else''s' -TestCases @{ Written = $written } {
        $declared = [System.Collections.Generic.HashSet[string]]::new()
        $met = [System.Collections.Generic.HashSet[string]]::new()
        foreach ($name in $Written.Keys) {
            $output = @(& $Written[$name])
            $output.Count | Should -BeGreaterThan 0 -Because "$name has to write something"
            $types = (Get-Command $name).OutputType.Type
            foreach ($type in $types) { if ($type.Assembly.GetName().Name -like 'TaskLocking.*') { $null = $declared.Add($type.FullName) } }
            foreach ($value in $output) {
                $value.GetType() | Should -BeIn $types -Because "$name declares what it writes"
                $null = $met.Add($value.GetType().FullName)
            }
            $parts = @(Get-Part $output)
            $parts | Where-Object { $_.PSObject.Properties['Vandal'] } | Should -BeNullOrEmpty -Because "what $name writes is not what another wrote"
            # A few of each type: what one of them refuses, all do, and an exception takes its time.
            $parts | Group-Object { $_.GetType() } | ForEach-Object { $_.Group | Select-Object -First 2 } | ForEach-Object { Edit-ByForce $_ } | Should -BeNullOrEmpty -Because "what $name writes is a value"
        }
        $declared | Where-Object { $_ -notin $met } | Should -BeNullOrEmpty -Because 'every type that is declared was written'
        Unlock-AgentTask -All
        $here = & $picture
        $here | Should -Not -Match 'vandal'
        $there = Wait-Shell (Start-Shell "[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes((& { $picture })))")
        [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($there)) | Should -Be $here
    }

    It 'does not open a task whose dependency is not done' {
        Get-AgentTask first | ForEach-Object { try { $_.Status = 'Done' } catch { $null = $_ }; $_ | Add-Member Status Done -Force; $_ | Add-Member StatusText Done -Force }
        Get-AgentTask waits | ForEach-Object { $_ | Add-Member Dependencies @() -Force }
        (Get-AgentTask first).Status | Should -Be 'InProgress'
        (Request-AgentTask -Agent ann -Capability c -Swarm s) | Should -BeNullOrEmpty
        (Test-AgentTask waits -Agent ann).IsReady | Should -BeFalse
    }

    It 'does not make a change pass for one that was made' {
        Get-AgentTask free | ForEach-Object { try { $_.Name = 'x' } catch { $null = $_ }; $_ | Add-Member Name x -Force }
        (Get-AgentTask free).Name | Should -Be 'free'
        Set-AgentTask free -Name x
        Wait-Shell (Start-Shell '(Get-AgentTask free).Name') | Should -Be 'x'
    }

    It 'does not get past the fence' {
        $task = Get-AgentTask first
        { $task.Claim.Token = 999 } | Should -Throw
        $task.Claim | Add-Member Token 999 -Force
        Get-ErrorId { $task | Complete-AgentTask -Agent ann } | Should -Be 'LeaseLost,TaskLocking.PowerShell.CompleteAgentTaskCommand'
        (Get-AgentTask first).Claim.Token | Should -Not -Be 999
        Get-AgentTask first | Complete-AgentTask -Agent ann
        (Get-AgentTask first).Status | Should -Be 'Done'
    }

    It 'does not let a hold be unlocked by an id that it has not' {
        $hold = Lock-AgentTask free, more
        try { $hold.Ids[0] = 'rest' } catch { $null = $_ }
        Get-ErrorId { Unlock-AgentTask rest } | Should -Be 'NotOwner,TaskLocking.PowerShell.UnlockAgentTaskCommand'
        Get-ErrorId { Lock-AgentTask free } | Should -Be 'LockRecursion,TaskLocking.PowerShell.LockAgentTaskCommand'
    }
}

Describe 'What the pipeline brings' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -Name one -Tag a, b -Priority High -RetryDelay 30m
        $task = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
    }
    AfterEach { Exit-Workspace }

    It 'is honoured as a claim: <Form>' -TestCases @(
        @{ Form = 'from JSON'; Copy = { $_ | ConvertTo-Json -Depth 3 | ConvertFrom-Json } }
        @{ Form = 'from CSV'; Copy = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Form = 'selected'; Copy = { $_ | Select-Object Id, Claim } }
        @{ Form = 'from a job'; Copy = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 3)) } }
        @{ Form = 'a table of one''s own'; Copy = { [pscustomobject]@{ Id = $_.Id; Claim = @{ Agent = 'ann'; Token = $_.Claim.Token } } } }
        @{ Form = 'the token alone'; Copy = { [pscustomobject]@{ TaskId = $_.Id; Token = "$($_.Claim.Token)" } } }
    ) {
        $stale = $task | ForEach-Object $Copy
        Restart-AgentTask T-1 -Force
        $null = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
        Get-ErrorId { $stale | Complete-AgentTask -Agent ann } | Should -Be 'LeaseLost,TaskLocking.PowerShell.CompleteAgentTaskCommand'
        Get-AgentTask T-1 | ForEach-Object $Copy | Complete-AgentTask -Agent ann
        (Get-AgentTask T-1).Status | Should -Be 'Done'
    }

    It 'is refused as a claim by each verb: <Claim>' -TestCases @(
        @{ Claim = 'nonsense'; Id = 'InvalidArgument' }
        @{ Claim = @{ Agent = 'ann' }; Id = 'InvalidArgument' }
        @{ Claim = @{ Agent = 'ann'; Token = 'x' }; Id = 'InvalidArgument' }
        @{ Claim = @{ Agent = 'bob'; Token = 1 }; Id = 'NotOwner' }
        @{ Claim = 'bob #1'; Id = 'NotOwner' }
        @{ Claim = 'ann #999'; Id = 'LeaseLost' }
    ) {
        $piped = [pscustomobject]@{ Id = 'T-1'; Claim = $Claim }
        $version = (Get-AgentTask T-1).Version
        Get-ErrorId { $piped | Complete-AgentTask -Agent ann } | Should -Be "$Id,TaskLocking.PowerShell.CompleteAgentTaskCommand"
        Get-ErrorId { $piped | Start-AgentTask -Agent ann } | Should -Be "$Id,TaskLocking.PowerShell.StartAgentTaskCommand"
        Get-ErrorId { $piped | Submit-TaskFailure -Agent ann -Reason r } | Should -Be "$Id,TaskLocking.PowerShell.SubmitTaskFailureCommand"
        Get-ErrorId { $piped | Update-TaskLease -Agent ann } | Should -Be "$Id,TaskLocking.PowerShell.UpdateTaskLeaseCommand"
        (Get-AgentTask T-1).Version | Should -Be $version
    }

    It 'lets the next go on when a claim is refused' {
        $null = New-AgentTask T-2
        Grant-TaskAssignment T-2 ann
        [pscustomobject]@{ Id = 'T-1'; Claim = 'bob #1' }, [pscustomobject]@{ Id = 'T-2' } | Start-AgentTask -Agent ann -ErrorAction SilentlyContinue | ForEach-Object Id | Should -Be 'T-2'
    }

    It 'is honoured as fields to set: from <Form>' -TestCases @(
        @{ Form = 'CSV'; Copy = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Form = 'JSON'; Copy = { $_ | ConvertTo-Json -Depth 3 | ConvertFrom-Json } }
        @{ Form = 'a job'; Copy = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 3)) } }
    ) {
        $sheet = Get-AgentTask T-1 | ForEach-Object $Copy
        ($sheet | Set-AgentTask -PassThru).Version | Should -Be $task.Version -Because 'a copy says what the store says'
        $sheet | Add-Member Name two -Force
        $sheet | Add-Member Tags 'c, d' -Force
        $sheet | Add-Member NeedsReview 'True' -Force
        $changed = $sheet | Set-AgentTask -Priority Low -PassThru
        $changed.Name, $changed.Priority, $changed.NeedsReview, $changed.Status | Should -Be @('two', 'Low', $true, 'InProgress')
        $changed.Tags | Should -Be @('c', 'd')
        Get-ErrorId { $sheet | Set-AgentTask } | Should -Be 'VersionChanged,TaskLocking.PowerShell.SetAgentTaskCommand'
        (Get-AgentTask T-1).RetryDelay.TotalMinutes | Should -Be 30
    }

    It 'may be a list of changes' {
        $null = New-AgentTask T-2
        "Id,Status,Priority,Name`nT-1,,low,`nT-2,in-progress,,two`nnone,Done,," | ConvertFrom-Csv | Set-AgentTask -ErrorVariable refused -ErrorAction SilentlyContinue
        $one, $two = Get-AgentTask T-1, T-2
        $one.Priority, $one.Name, $one.Status | Should -Be @('Low', 'one', 'InProgress')
        $two.Priority, $two.Name, $two.Status | Should -Be @('Medium', 'two', 'InProgress')
        $refused.FullyQualifiedErrorId | Should -Be 'TaskNotFound,TaskLocking.PowerShell.SetAgentTaskCommand'
    }

    It 'is refused as a field that cannot be set, or not to that: <Field>' -TestCases @(
        @{ Field = 'Attempt'; Value = 7 }, @{ Field = 'Assignee'; Value = 'bob' }, @{ Field = 'Claim'; Value = $null }, @{ Field = 'StatusText'; Value = 'Done' }
        @{ Field = 'NeedsReview'; Value = 'perhaps' }, @{ Field = 'RetryDelay'; Value = 'soon' }, @{ Field = 'Status'; Value = 'nowhere' }
    ) {
        $read = Get-AgentTask T-1
        $read | Add-Member $Field $Value -Force
        Get-ErrorId { $read | Set-AgentTask -Name x } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.SetAgentTaskCommand'
        (Get-AgentTask T-1).Name | Should -Be 'one'
    }

    It 'is honoured where somebody hung it on a task' {
        $read = Get-AgentTask T-1
        $read | Add-Member Name hung -Force
        $read | Add-Member Comment 'no field of a task'
        ($read | Set-AgentTask -PassThru).Name | Should -Be 'hung'
        $read = Get-AgentTask T-1
        $read | Add-Member Version 1 -Force
        Get-ErrorId { $read | Set-AgentTask -Name x } | Should -Be 'VersionChanged,TaskLocking.PowerShell.SetAgentTaskCommand'
    }

    It 'is read when it comes, not when the commit is made' {
        $null = 'T-2', 'T-3' | New-AgentTask
        $on = @('T-1')
        'T-2', 'T-3' | ForEach-Object { [pscustomobject]@{ Id = $_; DependsOn = $on }; $on[0] = 'T-2' } | Add-TaskDependency
        (Get-AgentTask T-2).Dependencies, (Get-AgentTask T-3).Dependencies | Should -Be @('T-1', 'T-2')
    }
}
