# Dot-sourced by every test file: imports the module under test and offers a fresh workspace.
# TASKLOCKING_TEST_MANIFEST says which module, TASKLOCKING_TEST_FRAMEWORK which build that is; left out, it is the repository's.

$RepositoryRoot = Resolve-Path (Join-Path $PSScriptRoot '../..') | Select-Object -ExpandProperty ProviderPath
$ManifestPath = if ($env:TASKLOCKING_TEST_MANIFEST) { $env:TASKLOCKING_TEST_MANIFEST } else { Join-Path $RepositoryRoot 'TaskLocking.psd1' }

Import-Module $ManifestPath
Remove-Item Env:/TASKLOCKING_WORKSPACE, Env:/TASKLOCKING_AGENT, Env:/CLAUDE_SPECS_ROOT -ErrorAction Ignore

# A new folder with an empty store, which becomes the location.
function Enter-Workspace {
    $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    $null = New-Item (Join-Path $folder '.todo2') -ItemType Directory -Force
    Push-Location -LiteralPath $folder
}

function Exit-Workspace {
    try { Unlock-AgentTask -All -Confirm:$false } finally { Pop-Location }
}

# The error ids that a block gives, terminating or not.
function Get-ErrorId([scriptblock] $Block) {
    $ErrorActionPreference = 'Continue'
    try {
        & $Block 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object FullyQualifiedErrorId
    }
    catch {
        $_.FullyQualifiedErrorId
    }
}

# The first refusal that a block gives, with its facts.
function Get-Refusal([scriptblock] $Block) {
    $ErrorActionPreference = 'Continue'
    try {
        $refused = & $Block 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Select-Object -First 1
        $refused.Exception.Refusal
    }
    catch {
        $_.Exception.Refusal
    }
}

# Another PowerShell process in this location, with the same build of the module. Write to its StandardInput, read its StandardOutput.
# -Under names a program and its arguments that becomes it, -Surroundings environment variables that are set there.
function Start-Shell([string] $Script, [switch] $Stranger, [string[]] $Under, [hashtable] $Surroundings = @{}) {
    $text = "`$ErrorActionPreference = 'Stop'; Import-Module '$ManifestPath'; $Script"
    $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
    $words = if ($Under) {
        $own, $start.FileName = $start.FileName, $Under[0]
        @($Under | Select-Object -Skip 1) + $own | ForEach-Object { '"' + ($_ -replace '(["\\])', '\$1') + '" ' }
    }
    $start.Arguments = -join $words + '-NoProfile -NonInteractive -EncodedCommand ' + [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))
    $start.WorkingDirectory = (Get-Location -PSProvider FileSystem).ProviderPath
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    foreach ($name in $Surroundings.Keys) { $start.EnvironmentVariables[$name] = $Surroundings[$name] }
    if ($Stranger) { $null = $start.EnvironmentVariables.Remove('TASKLOCKING_SESSION') }
    [System.Diagnostics.Process]::Start($start)
}

# What the process wrote, after it has ended. The deadline is a guard against a hang.
function Wait-Shell([System.Diagnostics.Process] $Process) {
    $Process.StandardInput.Close()
    $text = $Process.StandardOutput.ReadToEnd()
    if (-not $Process.WaitForExit(60000)) { $Process.Kill(); throw 'The process hangs.' }
    $text.Trim()
}

# Another runspace of this process, with the module, in this location.
function New-Shell {
    $shell = [powershell]::Create()
    $null = $shell.AddScript("Import-Module '$ManifestPath'; Set-Location -LiteralPath '$((Get-Location -PSProvider FileSystem).ProviderPath)'").Invoke()
    $shell.Commands.Clear()
    $shell
}

# Runs a script in that runspace and gives its output; its errors are in Streams.Error.
function Invoke-Shell([powershell] $Shell, [string] $Script) {
    $Shell.Commands.Clear()
    $Shell.Streams.ClearStreams()
    $Shell.AddScript($Script).Invoke()
}

# Blocks until a stream of another runspace has its first item, or its first that is like a pattern.
function Wait-FirstItem([System.Collections.IEnumerable] $Stream, [string] $Like = '*') {
    $Stream.BlockingEnumerator = $true
    $items = $Stream.GetEnumerator()
    do {
        if (-not $items.MoveNext()) { throw 'The stream ended without such an item.' }
    } until ("$($items.Current)" -like $Like)
}
