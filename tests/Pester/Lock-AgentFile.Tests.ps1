BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Lock-AgentFile' {
    BeforeEach {
        Enter-Workspace
        $null = New-Item src -ItemType Directory
        $null = 'a.cs', 'b.cs', 'c.md' | ForEach-Object { New-Item src/$_ }
    }
    AfterEach { Exit-Workspace; Remove-Item Env:/TASKLOCKING_AGENT -ErrorAction Ignore }

    It 'takes a lease and tells it' {
        $lease = Lock-AgentFile src/a.cs -Agent ann
        $lease | Should -BeOfType TaskLocking.FileLease
        $lease.Path | Should -Be 'src/a.cs'
        $lease.Agent | Should -Be 'ann'
        $lease.IsShared | Should -BeFalse
        $lease.Pid | Should -Be $PID
        ($lease.Expires - $lease.Since).TotalMinutes | Should -BeGreaterOrEqual 30
    }

    It 'refuses what somebody else has, with the facts' {
        $theirs = Lock-AgentFile src/a.cs -Agent bob
        Get-ErrorId { Lock-AgentFile src/a.cs -Agent ann } | Should -Be 'FileLocked,TaskLocking.PowerShell.LockAgentFileCommand'
        $refusal = Get-Refusal { Lock-AgentFile src/a.cs -Agent ann }
        $refusal.Path | Should -Be 'src/a.cs'
        $refusal.Agent | Should -Be 'bob'
        $refusal.Expires | Should -Be $theirs.Expires
    }

    It 'renews what the agent has' {
        $first = Lock-AgentFile src/a.cs -Agent ann -ProcessId 0 -Ttl 1m
        $second = Lock-AgentFile src/a.cs -Agent ann -ProcessId 0 -Ttl 1h
        $second.Since | Should -Be $first.Since
        $second.Expires | Should -BeGreaterThan $first.Expires
        @(Get-AgentFileLock).Count | Should -Be 1
    }

    It 'takes the file of one worktree alone' -Skip:(-not (Get-Command git -ErrorAction Ignore)) {
        $git = { git -c user.name=n -c user.email=e@example.org @args 2>$null | Out-Null }
        & $git init .
        & $git add src
        & $git commit --allow-empty -m x
        & $git worktree add trees/one -b one
        (Lock-AgentFile src/a.cs -Agent ann -Scope Worktree).Worktree | Should -Be '.'
        $theirs = Lock-AgentFile trees/one/src/a.cs -Agent bob -Scope worktree
        $theirs.Path | Should -Be 'src/a.cs'
        $theirs.Worktree | Should -Be 'trees/one'
        ($theirs | Out-String) | Should -Match 'src/a\.cs \(trees/one\)'
        (Test-AgentFile src/a.cs -Agent bob).IsFree | Should -BeFalse
        Test-AgentFile trees/one/src/b.cs -Agent ann -Scope Worktree -Quiet | Should -BeTrue
        Unlock-AgentFile trees/one/src/a.cs -Agent bob -Scope Worktree
        (Get-AgentFileLock).Agent | Should -Be 'ann'
    }

    It 'takes all of a pipeline or none' {
        $null = Lock-AgentFile src/b.cs -Agent bob
        $ids = Get-ErrorId { 'src/a.cs', 'src/b.cs', 'src/c.md' | Lock-AgentFile -Agent ann }
        $ids | Should -Be @('FileLocked,TaskLocking.PowerShell.LockAgentFileCommand', 'BatchRefused,TaskLocking.PowerShell.LockAgentFileCommand')
        Get-AgentFileLock -Agent ann | Should -BeNullOrEmpty
        @('src/a.cs', 'src/c.md' | Lock-AgentFile -Agent ann).Count | Should -Be 2
    }

    It 'takes a pattern as a lease on all that it matches' {
        (Lock-AgentFile src/*.cs -Agent bob).Path | Should -Be 'src/*.cs'
        Get-ErrorId { Lock-AgentFile src/new.cs -Agent ann } | Should -Be 'FileLocked,TaskLocking.PowerShell.LockAgentFileCommand'
        (Lock-AgentFile src/c.md -Agent ann).Path | Should -Be 'src/c.md'
    }

    It 'takes files by their PSPath, as written' {
        $null = New-Item -Path . -Name 'src/[x].cs'
        $leases = Get-ChildItem src -Filter *.cs | Lock-AgentFile -Agent ann
        $leases.Path | Sort-Object | Should -Be (@('src/[x].cs', 'src/a.cs', 'src/b.cs') | Sort-Object)
    }

    It 'takes a literal path as written, letters of a pattern included' {
        (Lock-AgentFile -LiteralPath 'src/[id].cs', 'src/+(a|b)' -Agent ann).Path | Should -Be @('src/[id].cs', 'src/+(a|b)')
        $refused = Get-ErrorId { Lock-AgentFile -LiteralPath 'src/[id].cs' -Agent bob }
        $refused | Should -Be 'FileLocked,TaskLocking.PowerShell.LockAgentFileCommand'
        (Lock-AgentFile src/i.cs -Agent bob).Path | Should -Be 'src/i.cs'
        (Get-AgentFileLock -Agent ann | Unlock-AgentFile -Agent ann -PassThru).Path | Should -Be @('src/+(a|b)', 'src/[id].cs')
    }

    It 'takes <Pattern> as a pattern' -TestCases @(
        @{ Pattern = 'src/*.{cs,md}'; Path = 'src/a.cs'; Free = 'src/a.js' }
        @{ Pattern = 'src/[ab].cs'; Path = 'src/b.cs'; Free = 'src/c.cs' }
        @{ Pattern = '{src,docs}/**'; Path = 'docs/x/y'; Free = 'lib/x' }
        @{ Pattern = 'src/[!a]*.cs'; Path = 'src/b.cs'; Free = 'src/a.cs' }
    ) {
        param($Pattern, $Path, $Free)
        (Lock-AgentFile $Pattern -Agent ann).Path | Should -Be $Pattern
        Get-ErrorId { Lock-AgentFile $Path -Agent bob } | Should -Be 'FileLocked,TaskLocking.PowerShell.LockAgentFileCommand'
        (Lock-AgentFile $Free -Agent bob).Path | Should -Be $Free
    }

    It 'refuses <Path>, unless a file is called so' -TestCases @(
        @{ Path = '!x' }, @{ Path = 'src/+(a|b)' }, @{ Path = 'src/[ab' }, @{ Path = 'src/{a' }, @{ Path = 'src/{1..3}' }
    ) {
        param($Path)
        Get-ErrorId { Lock-AgentFile $Path -Agent ann } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.LockAgentFileCommand'
        # On Windows no file can be called so.
        if ($IsWindows -and $Path.Contains('|')) { return }
        [System.IO.File]::WriteAllText((Join-Path (Get-Location).ProviderPath $Path), '')
        (Lock-AgentFile $Path -Agent ann).Path | Should -Be $Path
    }

    It 'takes a letter behind a backtick as one of the name' {
        (Lock-AgentFile 'src/`[id`].cs' -Agent ann).Path | Should -Be 'src/[id].cs'
        (Lock-AgentFile src/i.cs -Agent bob).Path | Should -Be 'src/i.cs'
    }

    It 'knows <Spelling> as src/a.cs' -TestCases @(
        @{ Spelling = 'src\a.cs' }, @{ Spelling = './src/../src//a.cs' }, @{ Spelling = 'src/a.cs/' }, @{ Spelling = 'src\*.cs' }
    ) {
        param($Spelling)
        $null = Lock-AgentFile $Spelling -Agent ann
        Push-Location src
        Get-ErrorId { Lock-AgentFile a.cs -Agent bob } | Should -Be 'FileLocked,TaskLocking.PowerShell.LockAgentFileCommand'
        Pop-Location
    }

    It 'refuses an agent that looks like one who has files' {
        $null = Lock-AgentFile src/a.cs -Agent ann
        Get-ErrorId { Lock-AgentFile src/b.cs -Agent Ann } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.LockAgentFileCommand'
    }

    It 'reads paths from the session''s location and its drives, and those of leases from the workspace' {
        $null = New-PSDrive leases FileSystem (Join-Path (Get-Location).ProviderPath src) -Scope Local
        (Lock-AgentFile leases:/c.md -Agent ann).Path | Should -Be 'src/c.md'
        Push-Location src
        (Lock-AgentFile a.cs -Agent ann).Path | Should -Be 'src/a.cs'
        (Get-AgentFileLock | Lock-AgentFile -Agent ann).Path | Should -Be @('src/a.cs', 'src/c.md')
        (Test-AgentFile b.cs -Agent ann | Lock-AgentFile -Agent ann).Path | Should -Be 'src/b.cs'
        Pop-Location
    }

    It 'refuses a path of another provider' {
        Get-ErrorId { Lock-AgentFile Env:/PATH -Agent ann } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.LockAgentFileCommand'
    }

    It 'is shared with those who share' {
        (Lock-AgentFile src/a.cs -Agent ann -Shared).IsShared | Should -BeTrue
        (Lock-AgentFile src/a.cs -Agent bob -Shared).IsShared | Should -BeTrue
        Get-ErrorId { Lock-AgentFile src/a.cs -Agent bob } | Should -Be 'FileLocked,TaskLocking.PowerShell.LockAgentFileCommand'
    }

    It 'knows the agent from TASKLOCKING_AGENT, and refuses without one' {
        Get-ErrorId { Lock-AgentFile src/a.cs } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.LockAgentFileCommand'
        $env:TASKLOCKING_AGENT = 'eve'
        (Lock-AgentFile src/a.cs).Agent | Should -Be 'eve'
    }

    It 'takes over what a process left that is gone' {
        $shell = Start-Shell '$null = Lock-AgentFile src/a.cs -Agent bob'
        $null = Wait-Shell $shell
        Get-AgentFileLock | Should -BeNullOrEmpty
        (Lock-AgentFile src/a.cs -Agent ann).Agent | Should -Be 'ann'
    }

    It 'takes nothing with -WhatIf' {
        Lock-AgentFile src/a.cs -Agent ann -WhatIf
        Get-AgentFileLock | Should -BeNullOrEmpty
    }
}
