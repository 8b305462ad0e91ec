BeforeDiscovery {
    $verbs = (Import-PowerShellDataFile "$PSScriptRoot/Commands.psd1").Commands
    $writers = $verbs | Where-Object { $_ -notmatch '^(Find|Get|Measure|Test|Wait|Watch)-|^Invoke-AgentTaskHook$' }
}

BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'The module' {
    It 'has a manifest that tests well' {
        $manifest = Test-ModuleManifest $ManifestPath
        $manifest.PowerShellVersion | Should -Be '5.1'
        $manifest.CompatiblePSEditions | Should -Be @('Desktop', 'Core')
    }

    It 'exports its cmdlets and nothing else' {
        $module = Get-Module TaskLocking
        @($module.ExportedCommands.Keys | Sort-Object) | Should -Be (Import-PowerShellDataFile "$PSScriptRoot/Commands.psd1").Commands
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'lists in the manifest what the assembly has' {
        $types = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'TaskLocking.PowerShell' } |
            ForEach-Object GetExportedTypes | Where-Object { $_.IsSealed -and $_.Name -like '*Command' }
        @($types).Count | Should -Be (Get-Module TaskLocking).ExportedCmdlets.Count
    }

    It 'runs the build under test' {
        $expected = if ($env:TASKLOCKING_TEST_FRAMEWORK -eq 'netstandard2.0') { 'Desktop' } else { 'Core' }
        (Get-Command New-AgentTask).ImplementingType.Assembly.Location | Should -BeLike "*bin?$expected?*"
    }

    It 'ships no assembly of PowerShell' {
        Get-ChildItem (Join-Path (Split-Path $ManifestPath) bin) -Recurse -Filter System.Management.Automation* | Should -BeNullOrEmpty
    }

    It 'ships nothing but its own and what that PowerShell does not have' {
        $expected = @('TaskLocking.Engine.dll', 'TaskLocking.PowerShell.dll', 'TaskLocking.Proof.dll')
        if ($env:TASKLOCKING_TEST_FRAMEWORK -eq 'netstandard2.0') {
            $expected += 'Microsoft.Bcl.AsyncInterfaces.dll', 'System.Buffers.dll', 'System.IO.Pipelines.dll', 'System.Memory.dll'
            $expected += 'System.Numerics.Vectors.dll', 'System.Runtime.CompilerServices.Unsafe.dll', 'System.Text.Encodings.Web.dll'
            $expected += 'System.Text.Json.dll', 'System.Threading.Tasks.Extensions.dll'
        }
        else {
            $expected += 'Microsoft.Extensions.DependencyInjection.Abstractions.dll', 'Microsoft.Extensions.Logging.Abstractions.dll'
            $expected += 'Npgsql.dll', 'System.Diagnostics.DiagnosticSource.dll', 'TaskLocking.PostgreSql.dll'
        }
        $shipped = Split-Path (Get-Command New-AgentTask).ImplementingType.Assembly.Location | Get-ChildItem
        $shipped.Name | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    # Wine makes no links.
    It 'loads by itself when a command is called' -Skip:([bool] $env:TASKLOCKING_TEST_WINE) {
        $folder = Split-Path $ManifestPath
        $parent = Join-Path $TestDrive 'modules'
        $null = New-Item $parent -ItemType Directory
        $null = New-Item (Join-Path $parent 'TaskLocking') -ItemType ('SymbolicLink', 'Junction')[$IsWindows] -Value $folder
        $start = "`$env:PSModulePath = '$parent' + [IO.Path]::PathSeparator + `$env:PSModulePath; (Get-Command New-AgentTask).ModuleName"
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $start | Should -Be 'TaskLocking'
    }

    It '<_> asks before it changes anything' -ForEach $writers {
        (Get-Command $_).Parameters.Keys | Should -Contain 'WhatIf'
    }

    It '<_> tells what it writes' -ForEach ($verbs | Where-Object { $_ -ne 'Unlock-AgentTask' }) {
        (Get-Command $_).OutputType.Count | Should -BeGreaterThan 0
    }

    It 'can be removed and imported again' {
        Remove-Module TaskLocking
        Get-Command New-AgentTask -ErrorAction Ignore -Module TaskLocking | Should -BeNullOrEmpty
        Import-Module $ManifestPath
        Get-Command New-AgentTask -Module TaskLocking | Should -Not -BeNullOrEmpty
    }
}

Describe 'The views' {
    BeforeAll { Enter-Workspace }
    AfterAll { Exit-Workspace }

    It 'show a task, a hold, an assignment, a workload and the history as tables' {
        $null = New-AgentTask T-1 -Name first
        Grant-TaskAssignment T-1 ann
        Get-AgentTask | Out-String | Should -Match 'Id\s+Status\s+Priority\s+Assignee\s+Version\s+Name'
        Get-TaskAssignment | Out-String | Should -Match 'T-1\s+agent:ann\s+Todo'
        Get-TaskAssignment -Workload | Out-String | Should -Match 'agent\s+ann\s+1'
        Get-TaskHistory T-1 | Out-String | Should -Match 'TaskId\s+Field'
        Lock-AgentTask T-1 -Agent ann | Out-String | Should -Match '\{T-1\}\s+ann'
    }

    It 'show a task in eighty columns, however long its id is' {
        $id = 'x' * 42
        $null = New-AgentTask $id -Name ('long ' * 20).Trim()
        Grant-TaskAssignment $id agent:builder-1
        $lines = (Get-AgentTask $id | Out-String -Width 80) -split '\r?\n'
        "$lines" | Should -Match "$id\s+Todo"
        $lines | ForEach-Object Length | Sort-Object | Select-Object -Last 1 | Should -BeLessOrEqual 80
    }

    It 'show who works, since when, for how long, and whether he lives' {
        $null = New-AgentTask W-1
        Grant-TaskAssignment W-1 zed
        $null = Start-AgentTask W-1 -Agent zed -Ttl 2h
        $table = Get-AgentTask W-1 | Format-Table -View Work | Out-String -Width 120
        $table | Should -Match 'Id\s+Status\s+Who\s+Since\s+Lease\s+Process\s+Name'
        $table | Should -Match 'W-1\s+In Progress\s+zed\s+\d{4}-\d\d-\d\d \d\d:\d\d\s+(1h 59m|2h 0m)\s+lives'
        Restart-AgentTask W-1 -Force
        Get-AgentTask W-1 | Format-Table -View Work | Out-String -Width 120 | Should -Match 'W-1\s+Todo'
    }

    It 'show the result of a batch with its reasons' {
        $null = New-AgentTask T-2
        Grant-TaskAssignment T-1, T-2 bob -SkipConflict | Out-String | Should -Match '(?s)done\s+T-2.*refused\s+T-1: Task already assigned to agent:ann'
    }

    It 'show agents, leases and progress as tables' {
        Register-Agent zoe -Capability gpu | Out-String | Should -Match 'zoe\s+agent\s+5\s+\{gpu\}'
        Lock-AgentFile a.cs -Agent zoe | Out-String | Should -Match 'a\.cs\s+zoe\s+False'
        Get-TaskProgress | Out-String | Should -Match 'Percent\s+Completed\s+InProgress'
    }

    It 'show answers with their reasons' {
        Test-AgentFile a.cs -Agent ann | Out-String | Should -Match '(?s)a\.cs\s+Free: False.*zoe has a\.cs'
        $null = New-AgentTask T-9 -DependsOn none
        Test-AgentTask T-9 | Out-String | Should -Match '(?s)T-9\s+Ready: False.*DependencyMissing'
        Test-TaskGraph | Out-String | Should -Match 'IsHealthy\s+: False'
        Invoke-TaskAssignment -WhatIf -WarningAction SilentlyContinue | Out-String | Should -Match 'WhatIf: True'
        Get-TaskLockMetric | Out-String -Width 120 | Should -Match '(?s)Name\s+Waits\s+Waited.*\btotal\s+\d+\s+\d.*\bstate\s+\d+.*\bby \S+\s+\d'
        Get-TaskLockMetric state | Out-String -Width 120 | Should -Match '(?s)Name\s+Waits\s+Waited\s+Longest\s+Holds.*\bstate\s+\d+\s+\d'
    }

    It 'show topics and reports' {
        New-TopicDirectory x | Out-String | Should -Match '001\s+x'
        Test-TopicDirectory | Out-String | Should -Match 'Passed: True'
        Test-TaskWorkspace | Out-String | Should -Match 'True\s+Exclusion'
    }
}
