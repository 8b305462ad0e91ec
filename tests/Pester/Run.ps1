<#
.SYNOPSIS
Runs the Pester suite on one build of the module and exits with the number of failures. Start it in a process of its own.
#>
[CmdletBinding()]
param(
    [ValidateSet('net8.0', 'netstandard2.0')]
    [string] $Framework = 'net8.0',

    # A version of Pester, 5.5 to 6; the newest that is installed when left out.
    [version] $PesterVersion,

    # Test files to run; all when left out.
    [string[]] $Path = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
if ($PesterVersion) {
    Import-Module Pester -RequiredVersion $PesterVersion
}
else {
    Import-Module Pester -MinimumVersion 5.5.0
}

$env:TASKLOCKING_TEST_FRAMEWORK = $Framework
# Many shells start and end at once here. None writes the user's start-up profile, which .NET does not write atomically: one that two wrote
# at the same moment ends every later shell at its start.
$env:DOTNET_MultiCoreJitNoProfileGather = '1'
# Those that are killed would leave a debugger's pipes among the temporary files.
$env:DOTNET_EnableDiagnostics = '0'
# Only this build is staged; the other one may be tested at the same time.
$stage = Join-Path $PSScriptRoot '../../artifacts/test'
if ($Framework -eq 'netstandard2.0' -and (Test-Path -LiteralPath $stage)) { Remove-Item -LiteralPath $stage -Recurse -Force }

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.Exit = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.CIFormat = 'None'
Write-Output "Pester $((Get-Module Pester).Version) on $Framework in PowerShell $($PSVersionTable.PSVersion)"
Invoke-Pester -Configuration $configuration
