BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Test-AgentFile' {
    BeforeEach {
        Enter-Workspace
        $null = New-Item src -ItemType Directory
        $null = New-Item src/a.cs
        $null = Lock-AgentFile 'src/*.cs' -Agent bob -Shared
    }
    AfterEach { Exit-Workspace; Remove-Item Env:/TASKLOCKING_AGENT -ErrorAction Ignore }

    It 'tells for each path whether it is free and who stands in the way' {
        $results = 'src/a.cs', 'b' | Test-AgentFile -Agent ann
        $results | ForEach-Object { $_ | Should -BeOfType TaskLocking.FileTestResult }
        $results.Path | Should -Be @('src/a.cs', 'b')
        $results.IsFree | Should -Be @($false, $true)
        $results[0].Conflicts[0].Agent | Should -Be 'bob'
        $results[0].Conflicts[0].Path | Should -Be 'src/*.cs'
        @(Get-AgentFileLock).Count | Should -Be 1
    }

    It 'does not find the agent''s own leases in the way, nor shared ones for one who shares' {
        Test-AgentFile src/a.cs -Agent bob -Quiet | Should -BeTrue
        Test-AgentFile src/a.cs -Agent ann -Shared -Quiet | Should -BeTrue
        Test-AgentFile src/a.cs -Agent ann -Quiet | Should -BeFalse
    }

    It 'takes files and patterns' {
        (Get-ChildItem src | Test-AgentFile -Agent ann).Path | Should -Be 'src/a.cs'
        Test-AgentFile 'src/**' -Agent ann -Quiet | Should -BeFalse
        Test-AgentFile 'docs/**' -Agent ann -Quiet | Should -BeTrue
    }

    It 'knows the agent from TASKLOCKING_AGENT, and refuses without one' {
        Get-ErrorId { Test-AgentFile b } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.TestAgentFileCommand'
        $env:TASKLOCKING_AGENT = 'bob'
        Test-AgentFile src/a.cs -Quiet | Should -BeTrue
    }
}
