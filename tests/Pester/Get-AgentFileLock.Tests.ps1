BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Get-AgentFileLock' {
    BeforeAll {
        Enter-Workspace
        $null = Lock-AgentFile src/a.cs, 'src/**/*.md' -Agent ann
        $null = New-AgentTask T-1 -File docs/x, docs/y
        $null = Request-AgentTask -Agent bob
    }
    AfterAll { Exit-Workspace }

    It 'gives <Expected> for <Parameters>' -TestCases @(
        @{ Parameters = @{}; Expected = 'docs/x', 'docs/y', 'src/**/*.md', 'src/a.cs' }
        @{ Parameters = @{ Agent = 'ann' }; Expected = 'src/**/*.md', 'src/a.cs' }
        @{ Parameters = @{ Agent = 'B*' }; Expected = 'docs/x', 'docs/y' }
        @{ Parameters = @{ Path = 'src/a.cs' }; Expected = @('src/a.cs') }
        @{ Parameters = @{ Path = 'src/**/*.md' }; Expected = @('src/**/*.md') }
        @{ Parameters = @{ Path = 'docs/*' }; Expected = 'docs/x', 'docs/y' }
        @{ Parameters = @{ TaskId = 'T-1' }; Expected = 'docs/x', 'docs/y' }
        @{ Parameters = @{ Path = 'docs' }; Expected = 'docs/x', 'docs/y' }
        @{ Parameters = @{ Path = './src\a.cs' }; Expected = @('src/a.cs') }
        @{ Parameters = @{ Path = 'none' }; Expected = @() }
    ) {
        param($Parameters, $Expected)
        @(Get-AgentFileLock @Parameters | ForEach-Object Path) | Should -Be @($Expected)
    }

    It 'reads paths from the session''s location' {
        $null = New-Item src -ItemType Directory -Force
        Push-Location src
        (Get-AgentFileLock a.cs).Path | Should -Be 'src/a.cs'
        (Get-AgentFileLock ../docs/*).Path | Should -Be @('docs/x', 'docs/y')
        Pop-Location
    }

    It 'takes tasks from the pipeline' {
        (Get-AgentTask T-1 | Get-AgentFileLock).Path | Should -Be @('docs/x', 'docs/y')
    }
}
