BeforeDiscovery {
    . "$PSScriptRoot/Setup.ps1"
    # What shows text that others wrote. Every cmdlet that reads has to be here.
    $shown = [ordered]@{
        'Get-AgentTask' = { Get-AgentTask }
        'Find-AgentTask' = { Find-AgentTask E -UnchangedFor 0s; Find-AgentTask s }
        'Get-AgentWork' = { Get-AgentWork }
        'Get-AgentSwarm' = { Get-AgentSwarm }
        'Get-AgentResource' = { $held = Lock-AgentResource gpu -Doing "${Turn}d"; $uses = Get-AgentResource; $held.Dispose(); $uses }
        'Get-TaskHistory' = { Get-TaskHistory claimed }
        'Get-TaskAssignment' = { Get-TaskAssignment; Get-TaskAssignment -Workload }
        'Get-TaskAssignmentRun' = { $null = Invoke-TaskAssignment -Swarm "s`e[5m" -WarningAction SilentlyContinue; Get-TaskAssignmentRun }
        'Get-TaskProgress' = { Get-TaskProgress; Get-TaskProgress "s`e[5m" }
        'Get-TaskLockMetric' = { Get-TaskLockMetric; Get-TaskLockMetric * }
        'Get-Agent' = { Get-Agent }
        'Get-AgentFileLock' = { Get-AgentFileLock }
        'Get-TopicDirectory' = { Get-TopicDirectory }
        'Test-AgentTask' = { Test-AgentTask * }
        'Test-AgentFile' = { Test-AgentFile "src/x$Turn" -Agent zoe }
        'Test-TaskGraph' = { Test-TaskGraph }
        'Test-TaskWorkspace' = { Test-TaskWorkspace }
        'Test-TopicDirectory' = { Test-TopicDirectory }
    }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $Turn = [string][char]0x202e
    $Evil = "E$([char]27)[31m1"
    # Of a terminal: what it obeys and what nobody sees. A line end is a line end.
    $Raw = '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}-[\r\n]]'
    $document = @'
{"todos":[
{"id":"E\u001b[31m1","name":"clear\u001b[2J screen\u0007\nStatus : Done","status":"On\u009b31m hold","tags":["\u200b"],"content":"one\r\ntwo\u001b]0;title\u0007\u2028three"},
{"id":"waits","name":"\ufeffname","status":"Todo","dependencies":["E\u001b[31m1","missing\u001b[0m"],"assignee":{"type":"agent","name":"a\u202eb","hostname":"h\u0085","assigned_by":"x\u007f"}},
{"id":"loop\u001b[1m","status":"Todo","dependencies":["loop\u001b[1m"]},
{"id":"failed","status":"Failed","taskLocking":{"failure":{"reason":"because\u001b[41m","at":"2026-01-01T00:00:00Z","agent":"who\u001b"},"swarm":"s\u001b[5m"}},
{"id":"blocked","status":"Blocked","dependencies":["failed"],"taskLocking":{"blockedBy":{"nearest":"failed","root":"failed\u001b[31m"}}},
{"id":"claimed","status":"In Progress","taskLocking":{"claim":{"token":1,"agent":"holder\u001b[31m","claimed":"2026-01-01T00:00:00Z","expires":"2999-01-01T00:00:00Z","ttl":60}},
 "changes":[{"field":"sta\u001btus","oldValue":"\u001b[1mold\nline","newValue":"\u202enew","timestamp":"2026-01-01T00:00:00Z","by":"b\u001by"}]}
],"taskLocking":{"agents":[{"name":"bot\u202ex","type":"agent","host":"h\u200e","capabilities":["cap\u200b"],"maxTasks":5,"registered":"2026-01-01T00:00:00Z"}]}}
'@

    function Get-Text([object[]] $Value) { $Value | Out-String -Width 400 }
}

Describe 'Text that others wrote' {
    BeforeAll {
        $rendering = if (Get-Variable PSStyle -ErrorAction Ignore) { $PSStyle.OutputRendering }
        if ($rendering) { $PSStyle.OutputRendering = 'PlainText' }
    }
    AfterAll { if ($rendering) { $PSStyle.OutputRendering = $rendering } }
    BeforeEach {
        Enter-Workspace
        [IO.File]::WriteAllText((Join-Path (Get-Location).ProviderPath .todo2/state.todo2.json), $document)
        $null = New-Item src -ItemType Directory
        [IO.File]::WriteAllText((Join-Path (Get-Location).ProviderPath "src/x$Turn"), '')
        $null = Lock-AgentFile "src/x$Turn" -Agent "bot${Turn}x"
        $specs = (New-TopicDirectory one).SpecsDirectory
        foreach ($folder in "003_three$([char]27)[31m", "5 ${Turn}bad") { $null = [IO.Directory]::CreateDirectory((Join-Path $specs $folder)) }
    }
    AfterEach { Exit-Workspace }

    It 'has a case for each cmdlet that reads' -TestCases @{ Shown = @($shown.Keys) } {
        @($Shown | Sort-Object) | Should -Be @(Get-Command -Module TaskLocking -Verb Find, Get, Test | Sort-Object Name | ForEach-Object Name)
    }

    It 'reaches no terminal raw from <Name>, in whatever form' -ForEach @($shown.GetEnumerator() | ForEach-Object { @{ Name = $_.Key; Script = $_.Value } }) {
        $output = @(& $Script)
        $output.Count | Should -BeGreaterThan 0
        foreach ($text in (Get-Text $output), (Get-Text ($output | Format-List)), (Get-Text ($output | Format-Table)), (Get-Text ($output | Format-Wide)), (Get-Text ($output | Format-Custom))) {
            $text.Length | Should -BeGreaterThan 0
            $text | Should -Not -Match $Raw
        }
        if ($Name -notin 'Test-TaskWorkspace') { (Get-Text $output) + (Get-Text ($output | Format-List)) | Should -Match '\\u[0-9a-f]{4}' }
    }

    It 'reaches no terminal raw from a part of an object' {
        $tasks = Get-AgentTask
        foreach ($part in $tasks.Claim, $tasks.Assignee, $tasks.Failure, $tasks.BlockedBy) {
            Get-Text $part | Should -Not -Match $Raw
            Get-Text $part | Should -Match '\\u[0-9a-f]{4}'
        }
    }

    It 'reaches no terminal raw where objects follow others of another type' {
        $mixed = @(foreach ($script in $Shown) { & $script | Select-Object -First 1 }) + (Get-AgentTask | ForEach-Object { $_.Claim; $_.Assignee }) + (Lock-AgentTask $Evil -Agent $Turn)
        Get-Text (@([datetime]::Now) + $mixed) | Should -Not -Match $Raw
        Get-Text ($mixed[-1..-$mixed.Count]) | Should -Not -Match $Raw
        Get-Text ($mixed[-1] | Format-List) | Should -Not -Match $Raw
        Get-Text $mixed[-1] | Should -Match 'E\\u001b\[31m1'
    } -TestCases @{ Shown = @($shown.Values) }

    It 'breaks no table by its lines' {
        $lines = (Get-Text (Get-AgentTask)) -split '\r?\n' | Where-Object { $_ }
        $lines.Count | Should -Be (2 + 6)
        $lines | Where-Object { $_ -match '^E\\u001b\[31m1 ' } | Should -Match 'clear\\u001b\[2J screen\\u0007\\nStatus : Done'
    }

    It 'is data to a script' {
        $task = Get-AgentTask $Evil
        $task.Name | Should -Be "clear$([char]27)[2J screen$([char]7)`nStatus : Done"
        ($task | ConvertTo-Json | ConvertFrom-Json).Name | Should -Be $task.Name
        ($task | ConvertTo-Csv | ConvertFrom-Csv).Name | Should -Be $task.Name
        $task.PSObject.Properties.Name | Where-Object { $_ -like 'Shown*' } | Should -BeNullOrEmpty
        ($task | Get-Member).Name | Where-Object { $_ -like 'Shown*' } | Should -BeNullOrEmpty
        Set-AgentTask $Evil -Priority Low
        (Get-AgentTask $Evil).Priority | Should -Be 'Low'
    }

    It 'reaches no terminal raw from an error: <Script>' -ForEach @(
        @{ Script = { New-AgentTask $Evil } }
        @{ Script = { Remove-AgentTask $Evil } }
        @{ Script = { Set-AgentTask $Evil -Name x -IfVersion 9 } }
        @{ Script = { Complete-AgentTask claimed -Agent ann } }
        @{ Script = { Complete-AgentTask claimed -Agent ann -Token 9 } }
        @{ Script = { Get-AgentTask claimed | Complete-AgentTask -Agent ann } }
        @{ Script = { Start-AgentTask waits -Agent "a${Turn}b" } }
        @{ Script = { Start-AgentTask blocked -Agent ann } }
        @{ Script = { Grant-TaskAssignment waits, $Evil bob } }
        @{ Script = { Revoke-TaskAssignment waits -Assignee bob } }
        @{ Script = { Add-TaskDependency $Evil waits } }
        @{ Script = { Lock-AgentFile "src/x$Turn", y -Agent zoe } }
        @{ Script = { Get-AgentTask "none$Turn" } }
        @{ Script = { Get-Agent "none$Turn" } }
        @{ Script = { Unlock-AgentTask $Evil } }
        @{ Script = { New-TopicArtifact 3 "pl${Turn}ans" } }
    ) {
        $refused = $null
        try { $null = & $Script -ErrorVariable refused -ErrorAction SilentlyContinue 2>&1 | Tee-Object -Variable refused } catch { $refused = @($_) }
        $refused = @($refused | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $refused.Count | Should -BeGreaterThan 0
        foreach ($record in $refused) {
            $record.Exception.GetType().Name | Should -Be 'TaskLockingException'
            foreach ($text in "$record", $record.Exception.Message, $record.CategoryInfo.GetMessage(), (Get-Text $record), (Get-Text $record.CategoryInfo), (Get-Text $record.Exception.Refusal)) { $text | Should -Not -Match $Raw }
        }
    }

    It 'reaches no terminal raw from a warning, from -Verbose, or from the progress of a wait' {
        $null = Lock-AgentTask $Evil -Agent "hol$([char]27)[31mder" -Doing "${Turn}nothing`nmore"
        $shell = New-Shell
        $null = Invoke-Shell $shell "Get-AgentTask -ErrorAction Ignore | Set-AgentTask -Priority High -TimeoutSec 3 -Verbose -ErrorAction SilentlyContinue"
        $null = Invoke-Shell $shell "Lock-AgentTask ([char]69 + [string][char]27 + '[31m1') -TimeoutSec 6 -Verbose -ErrorAction SilentlyContinue"
        $shell.Streams.Progress.Count | Should -BeGreaterThan 0
        foreach ($record in $shell.Streams.Progress) { $record.Activity + $record.StatusDescription | Should -Not -Match $Raw }
        $shell.Streams.Progress[0].StatusDescription | Should -Match 'hol\\u001b\[31mder'
        "$($shell.Streams.Error)" | Should -Not -Match $Raw
        $null = Invoke-Shell $shell "Unlock-AgentTask -All; Lock-AgentTask waits -Verbose | Unlock-AgentTask -Verbose; Invoke-TaskAssignment -WhatIf"
        foreach ($record in @($shell.Streams.Verbose) + @($shell.Streams.Warning)) { $record.Message | Should -Not -Match $Raw }
        $shell.Dispose()
    }

    It 'reaches no terminal raw from -WhatIf' {
        $text = Wait-Shell (Start-Shell 'Get-AgentTask | Remove-AgentTask -WhatIf; Get-AgentFileLock | Unlock-AgentFile -Agent x -WhatIf')
        $text | Should -Match 'E\\u001b\[31m1'
        $text | Should -Not -Match $Raw
    }

    It 'completes as what it is, and shows as what it would be' {
        $found = [System.Management.Automation.CommandCompletion]::CompleteInput('Get-AgentTask E', 15, $null).CompletionMatches
        $found.ListItemText | Should -Be 'E\u001b[31m1'
        "$($found.ToolTip)$($found.CompletionText)" | Should -Not -Match $Raw
        (Invoke-Expression "Get-AgentTask $($found.CompletionText)").Id | Should -Be $Evil
    }
}
