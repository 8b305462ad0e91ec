<#
.SYNOPSIS
Builds, tests, documents and packs TaskLocking.

.DESCRIPTION
Build   the module into bin/Core (net8.0) and bin/Desktop (netstandard2.0) (the default)
Test    every test: the engine's, and the module's through it
Pester  the module's tests alone, on both builds, and the analysis of the scripts
Help    the Markdown pages in en-US/ brought up to the cmdlets, and the MAML made from them
Bench   the benchmarks
Pack    what a user needs, staged in artifacts/TaskLocking and as a zip beside it
Clean   everything that can be made again, removed

What is missing is named together with how to get it. The .NET SDK is enough for Build, Test, Bench, Pack and Clean.

.EXAMPLE
./build.ps1

.EXAMPLE
./build.ps1 Clean Build Pester
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0, ValueFromRemainingArguments = $true)]
    [ValidateSet('Build', 'Test', 'Pester', 'Help', 'Bench', 'Pack', 'Clean')]
    [string[]] $Task = 'Build',

    # Which builds of the module to make and to test.
    [ValidateSet('net8.0', 'netstandard2.0')]
    [string[]] $Framework = @('net8.0', 'netstandard2.0'),

    # Test files for Pester to run; all when left out.
    [string[]] $Path
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$manifest = Join-Path $root 'TaskLocking.psd1'
$pages = Join-Path $root 'en-US'
$artifacts = Join-Path $root 'artifacts'
$edition = @{ 'net8.0' = 'Core'; 'netstandard2.0' = 'Desktop' }
$shell = (Get-Process -Id $PID).Path

function Invoke-Dotnet {
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) {
        throw 'The .NET SDK is missing: https://dotnet.microsoft.com/download (version 10 or later).'
    }
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE." }
}

function Assert-Module([string] $Name, [version] $Minimum, [string] $Purpose) {
    if (-not (Get-Module $Name -ListAvailable | Where-Object Version -GE $Minimum)) {
        throw "$Name $Minimum or later is missing, for $Purpose. Get it: Install-Module $Name -Scope CurrentUser"
    }
}

function Remove-Folder([string[]] $Path) {
    $Path | Where-Object { Test-Path -LiteralPath $_ } | ForEach-Object { Remove-Item -LiteralPath $_ -Recurse -Force }
}

function Invoke-Child([string] $Script, [string[]] $Arguments) {
    & $shell -NoProfile -NonInteractive -File $Script @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$(Split-Path $Script -Leaf) $Arguments failed with exit code $LASTEXITCODE." }
}

function Invoke-Build {
    foreach ($target in $Framework) {
        # The build that is there stays until the new one is whole.
        $made = Join-Path $artifacts "build/$($edition[$target])"
        Remove-Folder $made
        Invoke-Dotnet publish (Join-Path $root 'src/TaskLocking.PowerShell') -c Release -f $target -o $made --nologo -v quiet
        Remove-Folder (Join-Path $root "bin/$($edition[$target])")
        $null = New-Item (Join-Path $root bin) -ItemType Directory -Force
        Move-Item -LiteralPath $made (Join-Path $root 'bin')
    }
    Copy-Item (Join-Path $root 'src/TaskLocking.PowerShell/Formats/*.ps1xml') (Join-Path $root 'bin')
}

function Invoke-Test {
    Invoke-Dotnet test (Join-Path $root 'TaskLocking.sln') --nologo
}

function Invoke-Pester {
    Assert-Module Pester 5.5.0 'the tests of the module'
    Invoke-Build
    # A process that the tests start: its disk does not confirm.
    Invoke-Dotnet build (Join-Path $root 'tests/TaskLocking.Stress') --nologo -v quiet
    # Both builds at once, for a suite leaves half of two processors idle. One that fails does not hide what the other does.
    $run = Join-Path $root 'tests/Pester/Run.ps1'
    $files = if ($Path) { @('-Path') + ($Path | Resolve-Path | ForEach-Object ProviderPath) }
    $failed = $Framework | ForEach-Object -Parallel {
        $said = & $using:shell -NoProfile -NonInteractive -File $using:run -Framework $_ @using:files 2>&1 | ForEach-Object { "$_" }
        [pscustomobject]@{ Framework = $_; Said = $said; ExitCode = $LASTEXITCODE }
    } | ForEach-Object {
        $_.Said | Out-Host
        if ($_.ExitCode -ne 0) { "The suite on $($_.Framework) ended with exit code $($_.ExitCode)." }
    }
    if (Get-Module PSScriptAnalyzer -ListAvailable) {
        Invoke-Child (Join-Path $root 'tests/Pester/Analyze.ps1')
    }
    else {
        Write-Warning 'PSScriptAnalyzer is missing, the scripts were not analysed: Install-Module PSScriptAnalyzer -Scope CurrentUser'
    }
    if ($failed) { throw ($failed -join ' ') }
}

function Invoke-Help {
    Assert-Module Microsoft.PowerShell.PlatyPS 1.0.3 'the help'
    Invoke-Build
    Invoke-Child (Join-Path $root 'src/TaskLocking.PowerShell/Help/Update.ps1')
}

function Invoke-Bench {
    Invoke-Dotnet run -c Release --project (Join-Path $root 'tests/TaskLocking.Benchmarks')
}

function Invoke-Pack {
    Invoke-Build
    $stage = Join-Path $artifacts 'TaskLocking'
    Remove-Folder $stage
    $null = New-Item $stage -ItemType Directory -Force
    Copy-Item $manifest, (Join-Path $root 'bin'), $pages $stage -Recurse
    $version = (Test-ModuleManifest (Join-Path $stage 'TaskLocking.psd1')).Version
    $zip = Join-Path $artifacts "TaskLocking.$version.zip"
    Compress-Archive $stage $zip -Force
    Get-Item $stage, $zip
}

function Invoke-Clean {
    $projects = Get-ChildItem (Join-Path $root 'src'), (Join-Path $root 'tests') -Filter *.csproj -Recurse
    $made = foreach ($project in $projects) {
        Join-Path $project.DirectoryName 'bin'
        Join-Path $project.DirectoryName 'obj'
    }
    Remove-Folder (@($made) + $artifacts + (Join-Path $root 'bin'))
}

foreach ($name in $Task) {
    & "Invoke-$name"
}
