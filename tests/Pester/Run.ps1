<#
.SYNOPSIS
Runs the Pester suite on one build of the module and exits with the number of failures. Start it in a process of its own.

.DESCRIPTION
`build.ps1 Pester` starts it with a module made for it. Started alone, it tests what the last `build.ps1` left in bin/.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [ValidateSet('net8.0', 'netstandard2.0')]
    [string] $Framework = 'net8.0',

    # The module under test; the repository's when left out.
    [string] $Manifest = (Join-Path $PSScriptRoot '../../TaskLocking.psd1'),

    # A version of Pester, 5.5 to 6; the newest that is installed when left out.
    [version] $PesterVersion,

    # Test files to run, behind all else; all when left out.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path = $PSScriptRoot,

    # A file for the results, as JUnit writes them.
    [string] $Result
)

$ErrorActionPreference = 'Stop'
if ($PesterVersion) {
    Import-Module Pester -RequiredVersion $PesterVersion
}
else {
    Import-Module Pester -MinimumVersion 5.5.0
}

$env:TASKLOCKING_TEST_FRAMEWORK = $Framework
$env:TASKLOCKING_TEST_MANIFEST = (Resolve-Path -LiteralPath $Manifest).ProviderPath
# Many shells start and end at once here. None writes the user's start-up profile, which .NET does not write atomically: one that two wrote
# at the same moment ends every later shell at its start.
$env:DOTNET_MultiCoreJitNoProfileGather = '1'
# Those that are killed would leave a debugger's pipes among the temporary files.
$env:DOTNET_EnableDiagnostics = '0'

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.Exit = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.CIFormat = 'None'
if ($Result) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputFormat = 'JUnitXml'
    $configuration.TestResult.OutputPath = $Result
}
Write-Output "Pester $((Get-Module Pester).Version) on $Framework in PowerShell $($PSVersionTable.PSVersion)"
Invoke-Pester -Configuration $configuration
