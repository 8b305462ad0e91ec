BeforeDiscovery {
    . "$PSScriptRoot/Setup.ps1"
    $codes = [enum]::GetNames([TaskLocking.RefusalCode])
    # Wine shows those of the system below it.
    $isLinuxHere = -not $IsWindows -and (Test-Path /proc/self/mountinfo)
}

BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Errors' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It '<_> has a category that PowerShell knows' -ForEach $codes {
        [System.Management.Automation.ErrorCategory] $category = [TaskLocking.RefusalTable]::Category($_)
        $category | Should -Not -Be 'NotSpecified'
    }

    It 'of one item let the next one go on, and -ErrorAction decides' {
        $null = New-AgentTask T-1
        { 'none', 'T-1' | Set-AgentTask -Name x -ErrorAction Stop } | Should -Throw -ErrorId 'TaskNotFound,TaskLocking.PowerShell.SetAgentTaskCommand'
        'none', 'T-1' | Set-AgentTask -Name y -ErrorAction Ignore
        (Get-AgentTask T-1).Name | Should -Be 'y'
    }

    It 'of the whole call end it' {
        { New-AgentTask T-1 -Workspace ./nowhere } | Should -Throw -ErrorId 'PathNotFound,TaskLocking.PowerShell.NewAgentTaskCommand'
    }

    It 'carry the facts' {
        $null = New-AgentTask T-1
        Set-AgentTask T-1 -Name x
        $refused = $null
        Set-AgentTask T-1 -Name y -IfVersion 1 -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[0].Exception.Refusal.ExpectedVersion | Should -Be 1
        $refused[0].Exception.Refusal.FoundVersion | Should -Be 2
    }

    It 'say that the store folder is in fact a file' {
        Remove-Item .todo2 -Recurse -Force
        Set-Content .todo2 'not a folder'
        Get-ErrorId { New-AgentTask T-1 } | Should -Be 'UnsafeFile,TaskLocking.PowerShell.NewAgentTaskCommand'
        Get-Content .todo2 | Should -Be 'not a folder'
        Remove-Item .todo2 -Force
    }

    It 'say that the state lock is held, and by which process' {
        $null = New-AgentTask T-1
        $path = Join-Path (Get-Location).ProviderPath .todo2/state.todo2.json.lock
        $shell = Start-Shell "`$held = [IO.File]::Open('$path', 'Open', 'ReadWrite', 'None'); 'locked'; `$null = [Console]::In.ReadLine(); `$held.Dispose()"
        $shell.StandardOutput.ReadLine() | Should -Be 'locked'
        $refused = $null
        try { New-AgentTask T-2 -TimeoutSec 0 } catch { $refused = $_ }
        $refused.FullyQualifiedErrorId | Should -Be 'LockTimeout,TaskLocking.PowerShell.NewAgentTaskCommand'
        $null = Wait-Shell $shell
        (New-AgentTask T-2).Id | Should -Be 'T-2'
    }
}

# What only bad ground provokes: another PowerShell stands on it. The last line of each script becomes that shell.
Describe 'Errors of the ground' -Skip:(-not $isLinuxHere) {
    BeforeAll {
        # Root may mount, and may write everywhere unless it gives that up; others need a user namespace to mount.
        $mount = '[ "$(id -u)" = 0 ] && flags=-m || flags=-Urm; exec unshare $flags bash -eu -c "$0" bash "$@"'
        $plain = 'PLAIN=; [ "$(id -u)" != 0 ] || PLAIN="setpriv --bounding-set=-dac_override,-dac_read_search --"; exec $PLAIN "$@"'
        $blocks = @'
            foreach ($block in { New-AgentTask T-2 }, { Set-AgentTask T-1 -Content ('x' * 9000) }, { Grant-TaskAssignment T-1 ann },
                { Lock-AgentTask T-1 }, { Sync-TaskWorkspace }, { New-TopicDirectory b }, { New-TopicArtifact 1 reports }) {
                try { $null = & $block }
                catch { $_.FullyQualifiedErrorId }
            }
            (Get-AgentTask T-1).Id
'@
        $refusedOf = {
            param($Code)
            'NewAgentTask', 'SetAgentTask', 'GrantTaskAssignment', 'LockAgentTask', 'SyncTaskWorkspace', 'NewTopicDirectory', 'NewTopicArtifact' |
                ForEach-Object { "$Code,TaskLocking.PowerShell.${_}Command" }
        }
    }
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1
        $null = Sync-TaskWorkspace
        $null = New-TopicDirectory a
    }
    AfterEach {
        bash -c 'chmod -R u+w . .todo2'
        Exit-Workspace
    }

    It 'are ReadOnlyFileSystem where nothing may be written, and reading goes on' {
        $script = 'mount --bind "$PWD" "$PWD"; mount -o remount,bind,ro "$PWD"; cd "$PWD"; exec "$@"'
        (Wait-Shell (Start-Shell $blocks -Under bash, '-c', $mount, $script)) -split '\r?\n' | Should -Be (@(& $refusedOf ReadOnlyFileSystem) + 'T-1')
    }

    It 'are AccessDenied where the right is missing, and reading goes on' {
        bash -c 'chmod -R a-w .todo2 .claude'
        # Reading is enough to lock, and to see that the document is up to date.
        $refused = @(& $refusedOf AccessDenied) -notlike '*.SyncTaskWorkspaceCommand'
        (Wait-Shell (Start-Shell $blocks -Under bash, '-c', $plain, bash)) -split '\r?\n' | Should -Be ($refused + 'T-1')
    }

    It 'are DiskFull where no block is left, and what is there stays' {
        $script = @'
            mkdir ../full; mount -t tmpfs -o size=512k tmpfs ../full; cp -r .todo2 ../full; cd ../full
            cat /dev/zero > ballast 2> /dev/null || true
            exec "$@"
'@
        $text = Wait-Shell (Start-Shell -Under bash, '-c', $mount, $script -Script @'
            try { Set-AgentTask T-1 -Content ('x' * 9000) } catch { $_.FullyQualifiedErrorId }
            Remove-Item ballast
            Set-AgentTask T-1 -Tag a
            (Get-AgentTask T-1).Tags
            $null -eq (Get-AgentTask T-1).Content
'@)
        $text -split '\r?\n' | Should -Be 'DiskFull,TaskLocking.PowerShell.SetAgentTaskCommand', 'a', 'True'
    }

    It 'are CommitUncertain where the disk does not confirm' {
        $worker = Get-ChildItem (Join-Path $RepositoryRoot 'tests/TaskLocking.Stress/bin/*/*/TaskLocking.Stress') -ErrorAction Ignore |
            Sort-Object LastWriteTime | Select-Object -Last 1
        $worker | Should -Not -BeNullOrEmpty -Because './build.ps1 Pester and dotnet test build it'
        $text = Wait-Shell (Start-Shell -Under $worker.FullName, 'without-flush' -Script @'
            try { New-AgentTask T-2 } catch { $_.FullyQualifiedErrorId; "$($_.CategoryInfo.Category)" }
'@)
        $text -split '\r?\n' | Should -Be 'CommitUncertain,TaskLocking.PowerShell.NewAgentTaskCommand', 'WriteError'
        (New-AgentTask T-3).Id | Should -Be 'T-3'
    }
}
