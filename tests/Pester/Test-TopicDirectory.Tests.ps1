BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Test-TopicDirectory' {
    BeforeEach {
        Enter-Workspace
        $null = New-Item specs -ItemType Directory
        $null = 'one', 'two' | New-TopicDirectory
    }
    AfterEach { Exit-Workspace }

    It 'passes what is well' {
        $report = Test-TopicDirectory
        $report | Should -BeOfType TaskLocking.TopicReport
        $report.Passed | Should -BeTrue
        $report.Count | Should -Be 2
        $report.Highest | Should -Be 2
        Test-TopicDirectory -Quiet | Should -BeTrue
    }

    It 'finds a duplicate' {
        $null = New-Item specs/002_again -ItemType Directory
        $report = Test-TopicDirectory
        $report.Passed | Should -BeFalse
        $report.Issues.Kind | Should -Contain 'duplicate'
        Test-TopicDirectory -Quiet | Should -BeFalse
    }

    It 'remarks a gap without failing' {
        $null = New-Item specs/005_five -ItemType Directory
        $report = Test-TopicDirectory
        $report.Passed | Should -BeTrue
        $report.Issues.Kind | Should -Contain 'gap'
    }

    It 'names what is spelled otherwise and what is not clear, and remarks dates' {
        $null = '003-by-hand', '12345-issue', '2024_archive' | ForEach-Object { New-Item specs/$_ -ItemType Directory }
        $report = Test-TopicDirectory
        ($report.Issues | Where-Object Kind -EQ misnamed).Subject | Should -Be @('12345-issue', '003-by-hand')
        ($report.Issues | Where-Object Kind -EQ dated).Subject | Should -Be '2024_archive'
        $report.Highest | Should -Be 3
        (Get-TopicDirectory -Number 3).Name | Should -Be 'by-hand'
    }

    It 'sees that the lock is held' {
        $held = [System.IO.File]::Open((Join-Path (Resolve-Path specs).ProviderPath .topic_number.lock), 'OpenOrCreate', 'ReadWrite', 'None')
        try {
            (Test-TopicDirectory).Issues.Kind | Should -Contain 'locked'
        }
        finally {
            $held.Dispose()
        }
    }

    It 'audits several roots' {
        $null = New-TopicDirectory x -Root ./more/specs
        @(Test-TopicDirectory -Path ./specs, ./more/*).Count | Should -Be 2
    }

    It 'audits the root of the topics that are piped, once' {
        Enter-Workspace
        try {
            $root = (New-TopicDirectory one).SpecsDirectory
            $null = New-TopicDirectory two
            $report = @(Get-TopicDirectory | Test-TopicDirectory)
            $report.Count | Should -Be 1
            $report.SpecsDirectory | Should -Be $root
            $report.Count, $report[0].Count | Should -Be @(1, 2)
            @(Get-TopicDirectory | ConvertTo-Json -Depth 3 | ConvertFrom-Json | Test-TopicDirectory -Quiet) | Should -Be @($true)
        }
        finally { Exit-Workspace }
    }
}
