BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'New-TopicDirectory' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'numbers topics from 001 in .claude/specs' {
        $topic = New-TopicDirectory 'Auth Flow'
        $topic | Should -BeOfType TaskLocking.TopicDirectory
        $topic.Number | Should -Be '001'
        $topic.Name | Should -Be 'auth_flow'
        $topic.Created | Should -BeTrue
        $topic.Path | Should -Exist
        Join-Path (Join-Path .claude specs) 001_auth_flow | Should -Exist
        @($topic.ArtifactPaths.Keys) | Should -Be @('reports', 'plans', 'summaries', 'debug', 'scripts', 'outputs')
        (New-TopicDirectory second).Number | Should -Be '002'
    }

    It 'numbers a whole pipeline in its order' {
        $topics = 'c', 'a', 'b' | New-TopicDirectory
        $topics.Number | Should -Be @('001', '002', '003')
        $topics.Name | Should -Be @('c', 'a', 'b')
    }

    It 'refuses a name with nothing left, and makes the others' {
        $refused = $null
        $topics = 'good', '///', 'fine' | New-TopicDirectory -ErrorVariable refused -ErrorAction SilentlyContinue
        $topics.Number | Should -Be @('001', '002')
        $refused[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,TaskLocking.PowerShell.NewTopicDirectoryCommand'
        $refused[0].TargetObject | Should -Be '///'
    }

    It 'tells waits and holds with -Verbose, and counts them with those of the tasks' {
        $null = New-AgentTask T-1
        $told = New-TopicDirectory auth -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$told" | Should -Match 'Waited .* ms, held the topic lock .* ms'
        (Get-TaskLockMetric -Resource topics:*).Name | Should -Be 'topics:.claude/specs'
    }

    It 'gives the topic of that name with -Reuse' {
        $first = New-TopicDirectory auth
        $again = New-TopicDirectory 'Auth' -Reuse
        $again.Path | Should -Be $first.Path
        $again.Created | Should -BeFalse
        (New-TopicDirectory auth).Number | Should -Be '002'
    }

    It 'takes a root of the session, relative or by a drive' {
        (New-TopicDirectory x -Root ./mine).Path | Should -Exist
        'mine/001_x' | Should -Exist
        $null = New-PSDrive topics FileSystem (Get-Location).ProviderPath
        try {
            (New-TopicDirectory y -Root topics:/mine).Number | Should -Be '002'
        }
        finally {
            Remove-PSDrive topics
        }
    }

    It 'prefers CLAUDE_SPECS_ROOT to an existing specs' {
        $null = New-Item specs, named -ItemType Directory
        (New-TopicDirectory a).SpecsDirectory | Should -BeLike '*specs'
        'specs/001_a' | Should -Exist
        try {
            $env:CLAUDE_SPECS_ROOT = (Resolve-Path named).ProviderPath
            (New-TopicDirectory b).Number | Should -Be '001'
            'named/001_b' | Should -Exist
        }
        finally {
            $env:CLAUDE_SPECS_ROOT = $null
        }
    }

    It 'makes nothing with -WhatIf' {
        New-TopicDirectory x -WhatIf | Should -BeNullOrEmpty
        '.claude' | Should -Not -Exist
    }

    It 'waits for the lock and says that it is held' {
        $topic = New-TopicDirectory first
        $held = [System.IO.File]::Open((Join-Path $topic.SpecsDirectory .topic_number.lock), 'OpenOrCreate', 'ReadWrite', 'None')
        try {
            Get-ErrorId { New-TopicDirectory second -TimeoutSec 0 } | Should -Be 'LockTimeout,TaskLocking.PowerShell.NewTopicDirectoryCommand'
        }
        finally {
            $held.Dispose()
        }
        (New-TopicDirectory second).Number | Should -Be '002'
    }

    It 'follows numbers of every spelling, no dates, and warns of what is not clear' {
        $null = '001-user-login', '02 billing', '010.export', '20260319-143022-hotfix', '2024_archive', '12345-issue' |
            ForEach-Object { New-Item specs/$_ -ItemType Directory -Force }
        (New-TopicDirectory next -WarningVariable warned -WarningAction SilentlyContinue).Number | Should -Be '011'
        "$warned" | Should -BeLike '*12345-issue*'
        (Get-TopicDirectory).Number | Should -Be @('001', '02', '010', '011')
    }

    It 'names <Text> <Name>' -TestCases @(
        @{ Text = "$([char]0xdc)bung Stra$([char]0xdf)e"; Name = 'ubung_strasse' }
        @{ Text = [string]::Join('', [char[]](0x41f, 0x43b, 0x430, 0x43d)); Name = 'plan' }
        @{ Text = [string]::Join('', [char[]](0x8a8d, 0x8a3c)); Name = 'topic' }
    ) {
        param($Text, $Name)
        (New-TopicDirectory $Text).Name | Should -Be $Name
    }

    It 'numbers without collision from parallel runspaces' {
        $shells = 1..4 | ForEach-Object { New-Shell }
        try {
            $runs = foreach ($shell in $shells) {
                [pscustomobject]@{ Shell = $shell; Run = $shell.AddScript('1..5 | ForEach-Object { (New-TopicDirectory same).Number }').BeginInvoke() }
            }
            $numbers = $runs | ForEach-Object { $_.Shell.EndInvoke($_.Run) }
            ($numbers | Sort-Object) | Should -Be (1..20 | ForEach-Object { '{0:000}' -f $_ })
        }
        finally {
            $shells | ForEach-Object { $_.Runspace.Dispose(); $_.Dispose() }
        }
    }

    It 'counts the branches of a repository, and says where less is known' -Skip:(-not (Get-Command git -ErrorAction Ignore)) {
        git init -q -b main .
        git config user.name n
        git config user.email e@example.org
        $null = New-Item specs -ItemType Directory
        $first = New-TopicDirectory first
        $first.Scope | Should -Be 'Repository'
        Join-Path $first.Path .gitkeep | Should -Exist
        git add -A
        git commit -q -m first
        git rm -r -q specs
        git commit -q -m gone
        $null = New-Item specs -ItemType Directory -Force
        $second = New-TopicDirectory second -Reserve Remote -NoFetch -WarningVariable warned -WarningAction SilentlyContinue
        $second.Number | Should -Be '002'
        $second.Scope | Should -Be 'Local'
        "$warned" | Should -BeLike '*has no remote*'
        Get-ErrorId { New-TopicDirectory third -Reserve Remote -Strict } |
            Should -Be 'StoreUnavailable,TaskLocking.PowerShell.NewTopicDirectoryCommand'
        git init -q --bare ../origin.git
        git remote add origin ../origin.git
        (New-TopicDirectory third -Reserve Remote -Remote origin -Strict).Scope | Should -Be 'Remote'
        Remove-Item ../origin.git -Recurse -Force
    }
}
