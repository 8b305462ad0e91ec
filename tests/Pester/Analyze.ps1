<#
.SYNOPSIS
Analyses every script of the repository and exits with the number of findings.
#>
$ErrorActionPreference = 'Stop'
$root = Join-Path $PSScriptRoot '../..'
$settings = Join-Path $root 'tests/PSScriptAnalyzerSettings.psd1'
$found = @('build.ps1', 'TaskLocking.psd1', 'tests/Pester') |
    ForEach-Object { Invoke-ScriptAnalyzer (Join-Path $root $_) -Recurse -Settings $settings }
$found | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.Severity) $($_.RuleName): $($_.Message)" } | Write-Output
Write-Output "PSScriptAnalyzer: $(@($found).Count) findings"
exit @($found).Count
