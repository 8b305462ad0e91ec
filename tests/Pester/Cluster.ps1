# Dot-sourced by tests that need a PostgreSQL: one of their own, on a port of the loopback interface. A shell that waits for the end of a
# pipe stops and removes it, also where the tests are killed.

# Why there can be none; empty where there can.
function Get-ClusterLack {
    if ($env:TASKLOCKING_TEST_FRAMEWORK -eq 'netstandard2.0') { return 'this build reaches no database' }
    if ($IsWindows) { return 'a scratch cluster is made on Unix alone' }
    if (-not (Find-ClusterProgram)) { return 'PostgreSQL 15 or later is not installed (initdb was found nowhere)' }
    if ([Environment]::UserName -eq 'root' -and -not (Select-String -Quiet '^postgres:' /etc/passwd)) { return 'there is no user ''postgres'' to run the server as' }
    ''
}

# The folder of the server's programs.
function Find-ClusterProgram {
    $found = @(Get-Item /usr/lib/postgresql/*/bin/initdb -ErrorAction Ignore | Where-Object { [int](Split-Path (Split-Path $_ | Split-Path) -Leaf) -ge 15 }) +
    @(Get-Command initdb -CommandType Application -ErrorAction Ignore | ForEach-Object { Get-Item $_.Source })
    $found | Select-Object -First 1 | ForEach-Object DirectoryName
}

# Runs a program of the server as who may; it has to end well.
function Invoke-ClusterProgram([string] $Name, [string[]] $Arguments) {
    $words = @("$(Find-ClusterProgram)/$Name") + $Arguments
    if ([Environment]::UserName -eq 'root') { $words = @('runuser', '-u', 'postgres', '--') + $words }
    $program, $rest = $words
    Push-Location /
    try { $said = & $program @rest 2>&1 } finally { Pop-Location }
    if ($LASTEXITCODE -ne 0) { throw "$Name ended with ${LASTEXITCODE}: $said" }
}

# A server that runs, with a database for boards; its owner is the user 'owner'.
function Start-Cluster {
    $folder = Join-Path ([IO.Path]::GetTempPath()) "tasklocking-pester-$([guid]::NewGuid().ToString('N'))"
    $null = New-Item $folder -ItemType Directory
    if ([Environment]::UserName -eq 'root') { chown postgres $folder }
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    Invoke-ClusterProgram initdb '-D', "$folder/data", '-U', 'owner', '--auth=trust', '--encoding=UTF8', '--no-sync'
    Add-Content "$folder/data/postgresql.conf" "`nlisten_addresses = '127.0.0.1'`nport = $port`nunix_socket_directories = '$folder'"
    $stop = "'$(Find-ClusterProgram)/pg_ctl' -D '$folder/data' -w -m immediate stop"
    if ([Environment]::UserName -eq 'root') { $stop = "cd /; runuser -u postgres -- $stop" }
    $start = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh')
    $start.ArgumentList.Add('-c')
    $start.ArgumentList.Add("trap '' INT TERM HUP; cat > /dev/null; $stop > /dev/null 2>&1; rm -rf '$folder'")
    $start.RedirectStandardInput = $true
    $start.UseShellExecute = $false
    $guard = [System.Diagnostics.Process]::Start($start)
    Invoke-ClusterProgram pg_ctl '-D', "$folder/data", '-w', '-t', '60', '-l', "$folder/log", 'start'
    Invoke-ClusterProgram createdb '-h', '127.0.0.1', '-p', $port, '-U', 'owner', 'boards'
    [pscustomobject]@{ Port = $port; Guard = $guard }
}

# What is asked of it, as text.
function Invoke-ClusterSql([object] $Cluster, [string] $Statement) {
    & "$(Find-ClusterProgram)/psql" -h 127.0.0.1 -p $Cluster.Port -U owner -d boards -At -v ON_ERROR_STOP=1 -c $Statement
    if ($LASTEXITCODE -ne 0) { throw "psql ended with $LASTEXITCODE" }
}

function Stop-Cluster([object] $Cluster) {
    if (-not $Cluster) { return }
    $Cluster.Guard.StandardInput.Close()
    if (-not $Cluster.Guard.WaitForExit(120000)) { throw 'The cluster does not stop.' }
}
