<#
.SYNOPSIS
Builds, tests, documents and packs TaskLocking.

.DESCRIPTION
Build    the module into bin/Core (net8.0) and bin/Desktop (netstandard2.0) (the default)
Test     every test: the engine's, and the module's through it
Pester   the module's tests alone, on both builds, in the PowerShell that runs this; bin/ stays as it is
Analyze  what PSScriptAnalyzer finds in the scripts
Help     the Markdown pages in en-US/ brought up to the cmdlets, and the MAML made from them
Bench    the benchmarks
Pack     what a user needs, in artifacts/packages: the module as the PowerShell Gallery has it and as a zip, the command as a tool of .NET
Clean    everything that can be made again, removed

Where no PowerShell is installed, the .NET SDK makes one: dotnet run --project tests/TaskLocking.PowerShellHost -- ./build.ps1
In it everything runs but Analyze, which needs a module from elsewhere. What is missing is named together with how to get it.

.EXAMPLE
./build.ps1

.EXAMPLE
./build.ps1 Clean Build Pester

.EXAMPLE
./build.ps1 Pester -Framework net8.0 -Path tests/Pester/New-AgentTask.Tests.ps1
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0, ValueFromRemainingArguments = $true)]
    [ValidateSet('Build', 'Test', 'Pester', 'Analyze', 'Help', 'Bench', 'Pack', 'Clean')]
    [string[]] $Task = 'Build',

    # Which builds of the module to make and to test.
    [ValidateSet('net8.0', 'netstandard2.0')]
    [string[]] $Framework = @('net8.0', 'netstandard2.0'),

    # Test files for Pester to run; all when left out.
    [string[]] $Path,

    # A folder for Pester's results, a JUnit file for each build; none are kept when left out.
    [string] $Results,

    # Where the packages go; artifacts/packages when left out.
    [string] $Output,

    # Where the project is published, for the metadata of the packages; they name no place when left out.
    [uri] $ProjectUri
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

function Assert-Module([string] $Name, [version] $Minimum, [string] $Purpose, [string] $Otherwise) {
    if (-not (Get-Module $Name -ListAvailable | Where-Object Version -GE $Minimum)) {
        throw "$Name $Minimum or later is missing, for $Purpose. Get it: Install-Module $Name -Scope CurrentUser$Otherwise"
    }
}

function Remove-Folder([string[]] $Path) {
    $Path | Where-Object { Test-Path -LiteralPath $_ } | ForEach-Object { Remove-Item -LiteralPath $_ -Recurse -Force }
}

function Invoke-Child([string] $Script, [string[]] $Arguments) {
    & $shell -NoProfile -NonInteractive -File $Script @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$(Split-Path $Script -Leaf) $Arguments failed with exit code $LASTEXITCODE." }
}

# One build at a time: all use the same folders of the compiler. Whoever is killed lets go.
function Invoke-Alone([scriptblock] $Block) {
    $lock = $null
    while (-not $lock) {
        try {
            $null = New-Item $artifacts -ItemType Directory -Force
            $lock = [System.IO.File]::Open((Join-Path $artifacts 'build.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
        }
        catch [System.IO.IOException] {
            Start-Sleep -Milliseconds 200
        }
    }
    try { & $Block } finally { $lock.Dispose() }
}

function Publish-Module([string] $Target, [string] $Into) {
    Invoke-Dotnet publish (Join-Path $root 'src/TaskLocking.PowerShell') -c Release -f $Target -o $Into --nologo -v quiet
}

function Copy-Format([string] $Into) {
    Copy-Item (Join-Path $root 'src/TaskLocking.PowerShell/Formats/*.ps1xml') $Into
}

function Invoke-Build {
    Invoke-Alone {
        foreach ($target in $Framework) {
            # The build that is there stays until the new one is whole.
            $made = Join-Path $artifacts "build/$($edition[$target])"
            Remove-Folder $made
            Publish-Module $target $made
            Remove-Folder (Join-Path $root "bin/$($edition[$target])")
            $null = New-Item (Join-Path $root bin) -ItemType Directory -Force
            Move-Item -LiteralPath $made (Join-Path $root 'bin')
        }
        Copy-Format (Join-Path $root 'bin')
    }
    $next.Add("Import-Module $manifest")
    $next.Add('Get-Help about_TaskLocking')
}

function Invoke-Test {
    Invoke-Dotnet test (Join-Path $root 'TaskLocking.sln') --nologo
}

# The module with one build alone, which its manifest names whatever PowerShell imports it.
function New-TestModule([string] $Target, [string] $Folder) {
    $bin = Join-Path $Folder 'bin'
    Publish-Module $Target (Join-Path $bin $edition[$Target])
    Copy-Format $bin
    Copy-Item -LiteralPath $pages $Folder -Recurse
    $rootModule = "`$1 'bin/$($edition[$Target])/TaskLocking.PowerShell.dll'"
    (Get-Content -LiteralPath $manifest -Raw) -replace '(?m)^(\s*RootModule\s*=).*$', $rootModule |
        Set-Content -LiteralPath (Join-Path $Folder 'TaskLocking.psd1')
}

function Invoke-Pester {
    Assert-Module Pester 5.5.0 'the tests of the module' (
        ', or start this in the PowerShell of the tests: dotnet run --project tests/TaskLocking.PowerShellHost -- ./build.ps1 Pester')
    $run = Join-Path $root 'tests/Pester/Run.ps1'
    $files = if ($Path) { $Path | Resolve-Path | ForEach-Object ProviderPath }
    # Nobody else's: what is built meanwhile does not change what is tested.
    $stage = Join-Path $artifacts "test/$([guid]::NewGuid().ToString('N'))"
    try {
        Invoke-Alone {
            foreach ($target in $Framework) { New-TestModule $target (Join-Path $stage "$target/TaskLocking") }
            # A process that the tests start: its disk does not confirm.
            Invoke-Dotnet build (Join-Path $root 'tests/TaskLocking.Stress') --nologo -v quiet
        }
        # Both builds at once, for a suite leaves half of two processors idle. One that fails does not hide what the other does.
        $failed = $Framework | ForEach-Object -Parallel {
            $words = @('-Framework', $_, '-Manifest', "$using:stage/$_/TaskLocking/TaskLocking.psd1")
            if ($using:Results) { $words += '-Result', "$using:Results/$_.xml" }
            if ($using:files) { $words += $using:files }
            $said = & $using:shell -NoProfile -NonInteractive -File $using:run @words 2>&1 | ForEach-Object { "$_" }
            [pscustomobject]@{ Framework = $_; Said = $said; ExitCode = $LASTEXITCODE }
        } | ForEach-Object {
            $_.Said | Out-Host
            if ($_.ExitCode -ne 0) { "The suite on $($_.Framework) ended with exit code $($_.ExitCode)." }
        }
    }
    finally {
        Remove-Folder $stage
    }
    if ($failed) { throw ($failed -join ' ') }
}

function Invoke-Analyze {
    Assert-Module PSScriptAnalyzer 1.0 'the analysis of the scripts'
    Invoke-Child (Join-Path $root 'tests/Pester/Analyze.ps1')
}

function Invoke-Help {
    Invoke-Build
    Invoke-Child (Join-Path $root 'src/TaskLocking.PowerShell/Help/Update.ps1')
}

function Invoke-Bench {
    Invoke-Dotnet run -c Release --project (Join-Path $root 'tests/TaskLocking.Benchmarks')
}

# Laid out as a gallery installs it, in a folder named after the version. The Markdown is what the help was made from: not for users.
function New-ModuleFolder([string] $Into) {
    foreach ($target in $Framework) { Publish-Module $target (Join-Path $Into "bin/$($edition[$target])") }
    Copy-Format (Join-Path $Into 'bin')
    $help = New-Item (Join-Path $Into 'en-US') -ItemType Directory
    Get-ChildItem -LiteralPath $pages -File | Where-Object Extension -NE '.md' | Copy-Item -Destination $help
    Copy-Item (Join-Path $root 'LICENSE'), (Join-Path $root 'src/NOTICES.txt') $Into
    $text = Get-Content -LiteralPath $manifest -Raw
    if ($ProjectUri) { $text = $text -replace '(?m)^(\s*)LicenseUri ', "`$1ProjectUri   = '$ProjectUri'`n`$0" }
    Set-Content -LiteralPath (Join-Path $Into 'TaskLocking.psd1') $text -NoNewline
}

# What the gallery reads of a package is what it would make of the manifest.
function New-ModuleSpecification([string] $Folder, [string] $Path) {
    $about = Test-ModuleManifest (Join-Path $Folder 'TaskLocking.psd1')
    $data = $about.PrivateData.PSData
    $names = $about.ExportedCmdlets.Keys
    $tags = @('PSModule', 'PSIncludes_Cmdlet') + $data.Tags + ($names | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
    $xml = { param($value) [System.Security.SecurityElement]::Escape($value) }
    Set-Content -LiteralPath $Path @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>$($about.Name)</id>
    <version>$($about.Version)</version>
    <authors>$(& $xml $about.Author)</authors>
    <owners>$(& $xml $about.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <license type="expression">MIT</license>
$(if ($ProjectUri) { "    <projectUrl>$(& $xml "$ProjectUri")</projectUrl>" })
    <description>$(& $xml $about.Description)</description>
    <releaseNotes>$(& $xml $data.ReleaseNotes)</releaseNotes>
    <copyright>$(& $xml $about.Copyright)</copyright>
    <tags>$($tags -join ' ')</tags>
  </metadata>
  <files><file src="$Folder/**" target="" /></files>
</package>
"@
    $about.Version
}

function Invoke-Pack {
    $packages = if ($Output) { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output) } else {
        Join-Path $artifacts 'packages' }
    $stage = Join-Path $artifacts "pack/$([guid]::NewGuid().ToString('N'))"
    try {
        Invoke-Alone {
            $folder = (New-Item (Join-Path $stage 'TaskLocking') -ItemType Directory -Force).FullName
            New-ModuleFolder $folder
            $specification = Join-Path $stage 'TaskLocking.nuspec'
            $version = New-ModuleSpecification $folder $specification
            $null = New-Item $packages -ItemType Directory -Force
            # Of a version there is one; what is left of others stays.
            Get-ChildItem -LiteralPath $packages -File | Where-Object Name -Match "^(TaskLocking|tasklock.*)\.$version\.(nupkg|zip)$" |
                Remove-Item
            Invoke-Dotnet pack (Join-Path $root 'src/TaskLocking.Wire') -o $packages --no-build --nologo -v quiet `
                '-p:NoPackageAnalysis=true' "-p:NuspecFile=$specification"
            Invoke-Dotnet pack (Join-Path $root 'src/TaskLocking.Cli') -o $packages --nologo -v quiet "-p:PackageProjectUrl=$ProjectUri"
            $named = Join-Path $stage "zip/TaskLocking/$version"
            $null = New-Item (Split-Path $named) -ItemType Directory -Force
            Move-Item -LiteralPath $folder $named
            [System.IO.Compression.ZipFile]::CreateFromDirectory((Join-Path $stage 'zip'),
                (Join-Path $packages "TaskLocking.$version.zip"), 'Optimal', $false)
        }
    }
    finally {
        Remove-Folder $stage
    }
    Get-ChildItem -LiteralPath $packages -File
    $next.Add("dotnet tool install tasklock --global --source $packages   # the command")
    $next.Add("Expand-Archive $packages/TaskLocking.*.zip (`$env:PSModulePath -split [IO.Path]::PathSeparator)[0]   # the module")
}

function Invoke-Clean {
    $projects = Get-ChildItem (Join-Path $root 'src'), (Join-Path $root 'tests') -Filter *.csproj -Recurse
    $made = foreach ($project in $projects) {
        Join-Path $project.DirectoryName 'bin'
        Join-Path $project.DirectoryName 'obj'
    }
    # Not the program that runs this.
    $made = $made | Where-Object { -not $PSHOME.StartsWith($_ + [System.IO.Path]::DirectorySeparatorChar) }
    Remove-Folder (@($made) + $artifacts + (Join-Path $root 'bin'))
}

# What to do with what was made.
$next = [System.Collections.Generic.List[string]]::new()
$does = @{
    Build = 'Building the module'; Test = 'Testing everything'; Pester = 'Testing the module'; Analyze = 'Analyzing the scripts'
    Help = 'Making the help'; Bench = 'Measuring'; Pack = 'Packing the module and the command'; Clean = 'Removing what can be made again'
}
foreach ($name in $Task) {
    Write-Host "$($does[$name]) ..."
    & "Invoke-$name"
}
if ($next.Count -gt 0) { Write-Host "`nNext:`n  $($next -join "`n  ")" }
