BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Repair-TopicDirectory' -Skip:(-not (Get-Command git -ErrorAction Ignore)) {
    BeforeEach {
        Enter-Workspace
        git init -q -b main .
        git config user.name n
        git config user.email e@example.org
        $null = New-Item specs -ItemType Directory
        Set-Topic 001_a '# a'
        git add -A
        git commit -q -m a
    }
    AfterEach { Exit-Workspace }
    BeforeAll {
        function Set-Topic($Name, $Text) {
            $null = New-Item "specs/$Name" -ItemType Directory
            Set-Content "specs/$Name/spec.md" $Text
        }
    }

    It 'gives the younger another number and rewrites what leads there' {
        Set-Topic 001_b 'specs/001_b is #1'
        $repair = Repair-TopicDirectory
        $repair | Should -BeOfType TaskLocking.TopicRepair
        $repair.IsPreview | Should -BeFalse
        $repair.Moves.NewNumber | Should -Be '002'
        ($repair.Mentions | Where-Object Rewritten).Text | Should -Be 'specs/001_b'
        ($repair.Mentions | Where-Object -Not Rewritten).Text | Should -Be '#1'
        Get-Content specs/002_b/spec.md | Should -Be 'specs/002_b is #1'
        'specs/001_b' | Should -Not -Exist
        $repair | Out-String | Should -Match '001 to 002'
        (Test-TopicDirectory).Passed | Should -BeTrue
        (Repair-TopicDirectory).Moves | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        Set-Topic 001_b 'x'
        $repair = Repair-TopicDirectory 1 -WhatIf
        $repair.IsPreview | Should -BeTrue
        $repair.Moves.NewNumber | Should -Be '002'
        'specs/001_b' | Should -Exist
        git for-each-ref refs/tasklock | Should -BeNullOrEmpty
    }

    It 'looks at a branch before it is merged' {
        git checkout -q -b feature
        Set-Topic 002_ours 'x'
        git add -A
        git commit -q -m ours
        git checkout -q main
        Set-Topic 002_theirs 'x'
        git add -A
        $env:GIT_COMMITTER_DATE = '2020-01-01T00:00:00Z'
        try { git commit -q -m theirs } finally { $env:GIT_COMMITTER_DATE = $null }
        git checkout -q feature
        $report = Test-TopicDirectory -Against main
        $report.Passed | Should -BeFalse
        ($report.Issues | Where-Object IsError).Kind | Should -Be 'collision'
        Test-TopicDirectory -MergeBase -Quiet | Should -BeFalse
        (Repair-TopicDirectory -Against main).Moves.NewNumber | Should -Be '003'
        (Test-TopicDirectory -Against main).Passed | Should -BeTrue
        Get-ErrorId { Test-TopicDirectory -Against nowhere } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.TestTopicDirectoryCommand'
    }

    It 'needs a repository' {
        $plain = New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))) -ItemType Directory
        Get-ErrorId { Repair-TopicDirectory -Workspace $plain.FullName } |
            Should -Be 'InvalidArgument,TaskLocking.PowerShell.RepairTopicDirectoryCommand'
    }
}
