BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Get-Agent' {
    BeforeAll {
        Enter-Workspace
        $null = Register-Agent ann -Capability gpu, net
        $null = Register-Agent bob -Capability net
        $null = Register-Agent 'b*'
    }
    AfterAll { Exit-Workspace }

    It 'gives <Expected> for <Parameters>' -TestCases @(
        @{ Parameters = @{}; Expected = 'ann', 'b*', 'bob' }
        @{ Parameters = @{ Name = 'bob', 'ann' }; Expected = 'bob', 'ann' }
        @{ Parameters = @{ Name = 'A*' }; Expected = @('ann') }
        @{ Parameters = @{ Name = 'b*' }; Expected = @('b*') }
        @{ Parameters = @{ Capability = 'net' }; Expected = 'ann', 'bob' }
        @{ Parameters = @{ Capability = 'net', 'gpu' }; Expected = @('ann') }
        @{ Parameters = @{ Name = 'none*' }; Expected = @() }
    ) {
        param($Parameters, $Expected)
        @(Get-Agent @Parameters | ForEach-Object Name) | Should -Be @($Expected)
    }

    It 'refuses a name that nobody has, and goes on' {
        $found = Get-Agent none, ann -ErrorVariable refused -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'ann'
        $refused[0].FullyQualifiedErrorId | Should -Be 'AgentNotFound,TaskLocking.PowerShell.GetAgentCommand'
        $refused[0].TargetObject | Should -Be 'none'
    }
}
