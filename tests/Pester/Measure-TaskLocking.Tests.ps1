BeforeDiscovery { $phases = 'Define', 'Assign', 'Mixed', 'Topics' }

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $small = @{ ProcessCount = 2; RoundCount = 2; MixedTime = '1s'; TopicCount = 2; TopicProcessCount = 2 }
    # So much that it does not end by itself.
    $endless = "Measure-TaskLocking Define -ProcessCount 2 -RoundCount 100000"

    function Get-Scratch { Get-ChildItem -Force -Filter .tasklocking-stress-* }

    # What the block gives, once it gives enough. The deadline is a guard against a hang.
    function Wait-Output([scriptblock] $Block, [int] $Count = 1) {
        $deadline = [DateTime]::UtcNow.AddSeconds(180)
        do {
            $found = @(& $Block)
            if ($found.Count -ge $Count) { return $found }
            Start-Sleep -Milliseconds 10
        } until ([DateTime]::UtcNow -gt $deadline)
        throw "Nothing came of { $Block }."
    }

    # The two workers of a PowerShell, this one when left out, when the first operation is in a log.
    function Get-Worker([int] $Parent = $PID) {
        Wait-Output { Get-Process pwsh -ErrorAction Ignore | Where-Object { $_.Parent.Id -eq $Parent } } -Count 2
        $null = Wait-Output { Get-ChildItem .tasklocking-stress-*/*/logs/w*.log -Force -ErrorAction Ignore | Where-Object Length -GT 0 }
    }
}

Describe 'Measure-TaskLocking' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'finds every promise kept in <_>' -ForEach $phases {
        $report = Measure-TaskLocking -Phase $_ @small -KillInterval 0.4s -Seed 7
        $report | Should -BeOfType TaskLocking.StressReport
        $report.Violations | Should -BeNullOrEmpty
        $report.Passed | Should -BeTrue
        $report.Reliability.Percent | Should -Be 100
        $report.Seed | Should -Be 7
        $report.Phases.Phase | Should -Be $_
        $report.Phases[0].Processes | Should -Be 2
        $report.Phases[0].Operations | Should -BeGreaterThan 3
        $report.Phases[0].Latency.Count | Should -BeGreaterThan 3
        $report.Scratch | Should -BeNullOrEmpty
    }

    It 'makes as many topics as it is told, by as many processes' {
        $report = Measure-TaskLocking Topics -TopicCount 4 -TopicProcessCount 3 -ErrorAction Stop
        $report.Operations | Should -Be 12
        $report.Phases.Processes | Should -Be 3
    }

    It 'runs several phases in their order, and says true with -Quiet' {
        (Measure-TaskLocking Topics, Define @small).Phases.Phase | Should -Be Define, Topics
        Measure-TaskLocking Define @small -Quiet | Should -BeExactly $true
    }

    It 'goes round until a soak is over' {
        (Measure-TaskLocking Topics @small -Soak 2s).Rounds | Should -BeGreaterOrEqual 1
    }

    It 'leaves the store of the workspace as it is, and no scratch' {
        $null = New-AgentTask T-1
        $null = Sync-TaskWorkspace
        # This session writes its own metrics when it finds time.
        $state = { Get-ChildItem -Force -Recurse -File -Exclude metrics.* | Get-FileHash | ForEach-Object { "$($_.Path) $($_.Hash)" } }
        $before = & $state
        (Measure-TaskLocking Define, Topics @small).Passed | Should -BeTrue
        & $state | Should -Be $before
        Get-Scratch | Should -BeNullOrEmpty
    }

    It 'leaves the scratch with -Keep' {
        $report = Measure-TaskLocking Define @small -Keep
        (Get-Scratch).FullName | Should -Be $report.Scratch
        Join-Path $report.Scratch Define/logs | Get-ChildItem | Should -Not -BeNullOrEmpty
    }

    It 'works on the workspace that it is given' {
        $null = New-Item other/.todo2 -ItemType Directory
        $report = Measure-TaskLocking Define @small -Workspace ./other -Keep
        $report.Workspace | Should -Be (Convert-Path ./other)
        Split-Path $report.Scratch | Should -Be (Convert-Path ./other)
    }

    It 'refuses <_> and leaves nothing' -ForEach @(
        '-ProcessCount 1', '-ProcessCount 101', '-TaskCount 3', '-RoundCount 0', '-MixedTime 0.5s', '-MixedTime 25h'
        '-KillInterval 0.01s', '-TopicCount 0', '-TopicProcessCount 1', '-Soak 31d'
    ) {
        $block = [scriptblock]::Create("Measure-TaskLocking $_")
        Get-ErrorId $block | Should -Be 'InvalidArgument,TaskLocking.PowerShell.MeasureTaskLockingCommand'
        Get-Scratch | Should -BeNullOrEmpty
    }

    It 'knows only its phases, and durations with a unit' {
        Get-ErrorId { Measure-TaskLocking -Phase @() } | Should -Be 'ParameterArgumentValidationError,TaskLocking.PowerShell.MeasureTaskLockingCommand'
        Get-ErrorId { Measure-TaskLocking -Phase Sleep } | Should -BeLike 'CannotConvertArgument*,TaskLocking.PowerShell.MeasureTaskLockingCommand'
        Get-ErrorId { Measure-TaskLocking -MixedTime 25 } | Should -BeLike 'ParameterArgumentTransformationError,*'
    }

    It 'refuses a workspace that is not there' {
        Get-ErrorId { Measure-TaskLocking @small -Workspace ./nowhere } | Should -Be 'PathNotFound,TaskLocking.PowerShell.MeasureTaskLockingCommand'
        './nowhere' | Should -Not -Exist
    }

    It 'shows a bar for each phase, and takes them away' {
        $shell = New-Shell
        try {
            $null = Invoke-Shell $shell 'Measure-TaskLocking Define, Topics -ProcessCount 2 -RoundCount 2 -TopicCount 2 -TopicProcessCount 2'
            $bars = $shell.Streams.Progress | Where-Object Activity -In Define, Topics
            $bars.ActivityId | Sort-Object -Unique | Should -HaveCount 2
            ($bars | Where-Object RecordType -EQ Completed).Activity | Should -Be Define, Topics
            $bars.StatusDescription | Should -Contain Starting
            $bars.StatusDescription | Where-Object { $_ -match '^\d+ operations, \d+/s, \d+ conflicts' } | Should -Not -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'is stopped at once, with its workers and its scratch' {
        $shell = New-Shell
        try {
            $running = $shell.AddScript($endless).BeginInvoke()
            $workers = Get-Worker
            $shell.Stop()
            $running.IsCompleted | Should -BeTrue
            $shell.InvocationStateInfo.State | Should -Be Stopped
            $workers.HasExited | Should -Not -Contain $false
            Get-Scratch | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'takes its workers with it when it is killed' {
        $shell = Start-Shell "`$ProgressPreference = 'SilentlyContinue'; $endless"
        $workers = Get-Worker $shell.Id
        $shell.Kill()
        $workers | ForEach-Object { $_.WaitForExit(60000) } | Should -Be $true, $true
    }
}

# A worker that somebody else kills has not ended as it was to: the least that no protocol may let pass.
Describe 'Measure-TaskLocking, when a promise is broken' {
    BeforeAll {
        # Runs it in another runspace and kills one worker of it.
        function Invoke-Broken([string] $Script) {
            $shell = New-Shell
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $running = $shell.AddScript($Script).BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]$null, $output)
            try {
                @(Get-Worker)[0].Kill()
                $thrown = $null
                try { $null = $shell.EndInvoke($running) } catch { $thrown = $_.Exception.InnerException }
                [pscustomobject]@{ Output = @($output); Errors = @($shell.Streams.Error); Thrown = $thrown }
            }
            finally {
                $shell.Dispose()
            }
        }
    }
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'writes the report, then an error, and leaves the scratch' {
        $made = Invoke-Broken "$endless; `$?"
        $report, $success = $made.Output
        $report.Passed | Should -BeFalse
        $success | Should -BeFalse
        $report.Violations[0].Kind | Should -Be Unexpected
        $report.Reliability.Percent | Should -BeLessThan 100
        $made.Errors | Should -HaveCount 1
        $made.Errors[0].FullyQualifiedErrorId | Should -Be 'PromiseBroken,TaskLocking.PowerShell.MeasureTaskLockingCommand'
        $made.Errors[0].CategoryInfo.Category | Should -Be InvalidResult
        $made.Errors[0].TargetObject.Seed | Should -Be $report.Seed
        (Get-Scratch).FullName | Should -Be $report.Scratch
        $report | Out-String | Should -Match '(?s)Passed: False.*Violations: 1\b.*Left for looking at: '
        $report.Violations | Out-String | Should -Match 'Unexpected: Worker w\d'
    }

    It 'ends a step with -ErrorAction Stop' {
        $made = Invoke-Broken "$endless -ErrorAction Stop; 'next step'"
        $made.Thrown.ErrorRecord.FullyQualifiedErrorId | Should -Be 'PromiseBroken,TaskLocking.PowerShell.MeasureTaskLockingCommand'
        $made.Thrown.ErrorRecord.TargetObject.Passed | Should -BeFalse
        $made.Output | Should -Not -Contain 'next step'
    }

    It 'is just false with -Quiet' {
        $made = Invoke-Broken "$endless -Quiet"
        $made.Output | Should -Be $false
        $made.Errors | Should -BeNullOrEmpty
    }

    It 'sees a topic that nobody made' {
        $shell = New-Shell
        try {
            # It is there before the first worker is, or at the latest before the last one ends.
            $running = $shell.AddScript('Measure-TaskLocking Topics -TopicCount 1000 -TopicProcessCount 2').BeginInvoke()
            $phase = Wait-Output { Get-Item .tasklocking-stress-*/Topics -Force -ErrorAction Ignore }
            $null = New-Item (Join-Path $phase.FullName specs/005_intruder) -ItemType Directory -Force
            $report = $shell.EndInvoke($running)[0]
            $report.Violations.Kind | Should -Contain Doubled
            $report.Passed | Should -BeFalse
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Measure-TaskLocking, for people and programs' {
    BeforeAll {
        Enter-Workspace
        $report = Measure-TaskLocking Define, Topics @small
    }
    AfterAll { Exit-Workspace }

    It 'shows the phases as a table below each other' {
        $lines = ($report | Out-String) -split '\r?\n'
        $lines | Where-Object { $_ -match '^Phase +Procs +Operat\. +Answered +Per s +Conflicts +Kills +Recov +P50 +P99$' } | Should -HaveCount 1
        $lines | Where-Object { $_ -match '^Define +2 +\d+ ' } | Should -HaveCount 1
        $lines | Where-Object { $_ -match '^Topics +2 +4 ' } | Should -HaveCount 1
        ($lines | Where-Object { $_ -match '^(Phase|Define|Topics) ' }).Length | Sort-Object -Unique | Should -HaveCount 1
        $report | Out-String | Should -Match 'Passed: True +Reliability: 100 %'
        $report | Out-String | Should -Not -Match 'Left for'
    }

    It 'shows the phases alone as a table' {
        $report.Phases | Out-String | Should -Match 'Phase\s+Processes\s+Operations\s+Answered\s+Per s'
    }

    It 'loses nothing in JSON' {
        $shown = $report | ConvertTo-Json -Depth 6 -WarningAction Stop | ConvertFrom-Json
        $shown.Passed | Should -BeTrue
        $shown.Reliability.Percent | Should -Be 100
        $shown.Phases[0].Operations | Should -Be $report.Phases[0].Operations
        $shown.Phases[0].Latency.P99.Ticks | Should -Be $report.Phases[0].Latency.P99.Ticks
        $shown.Phases[0].Refused[0].Count | Should -Be $report.Phases[0].Refused[0].Count
    }
}

Describe 'Measure-TaskLocking, with the shells that it starts' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'leaves the start-up profile of PowerShell alone' {
        $cache = Join-Path $TestDrive 'cache'
        # The shell that is looked at writes its own when it ends, and not before.
        $surroundings = @{ XDG_CACHE_HOME = $cache; DOTNET_MultiCoreJitNoProfileGather = '0'; DOTNET_MultiCoreJitProfileWriteDelay = '86400' }
        $shell = Start-Shell -Surroundings $surroundings "`$ProgressPreference = 'SilentlyContinue'; Measure-TaskLocking Define -ProcessCount 2 -RoundCount 1 -Quiet; Get-ChildItem '$cache' -Recurse -Filter StartupProfileData* | ForEach-Object Name"
        Wait-Shell $shell | Should -Be 'True'
        # Windows keeps it elsewhere.
        @(Get-ChildItem $cache -Recurse -Filter StartupProfileData*).Count | Should -Be (1, 0)[$IsWindows]
    }
}

Describe 'Measure-TaskLocking, wherever the module is' {
    It 'runs from a path with spaces and quotes' {
        $folder = Join-Path $TestDrive "it's a $([char] 0x2019)path (x) `$y/TaskLocking"
        $null = New-Item $folder -ItemType Directory -Force
        foreach ($part in 'bin', 'TaskLocking.psd1') {
            Copy-Item -LiteralPath (Join-Path (Split-Path $ManifestPath) $part) $folder -Recurse
        }
        $null = New-Item (Join-Path $folder .todo2) -ItemType Directory
        Push-Location -LiteralPath $folder
        try {
            Copy-Item -LiteralPath $ManifestPath './TaskLocking.psd1' -Force
            $start = "Import-Module ./TaskLocking.psd1; Measure-TaskLocking Define -ProcessCount 2 -RoundCount 1 -Quiet; (Get-Module TaskLocking).ModuleBase"
            $shown = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $start
            $shown | Should -Be 'True', $folder
        }
        finally {
            Pop-Location
        }
    }
}
