BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Register-Agent' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'registers an agent with all that is told' {
        $agent = Register-Agent ann -Type host -Hostname box -Capability gpu, net -MaxTask 3
        $agent | Should -BeOfType TaskLocking.AgentProfile
        $found = Get-Agent ann
        $found.Type | Should -Be 'host'
        $found.Host | Should -Be 'box'
        $found.Capabilities | Should -Be @('gpu', 'net')
        $found.MaxTasks | Should -Be 3
        $found.Registered | Should -Not -BeNullOrEmpty
    }

    It 'has defaults, and replaces a registration as a whole' {
        $null = Register-Agent ann -Capability gpu -MaxTask 9
        $agent = Register-Agent ann
        $agent.Type | Should -Be 'agent'
        $agent.Capabilities.Count | Should -Be 0
        $agent.MaxTasks | Should -Be 5
    }

    It 'takes registrations from the pipeline' {
        $null = 'ann', 'bob' | Register-Agent -Capability x
        $other = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        $null = Get-Agent | Register-Agent -Workspace $other.FullName
        (Get-Agent -Workspace $other.FullName).Name | Should -Be @('ann', 'bob')
        (Get-Agent ann -Workspace $other.FullName).Capabilities | Should -Be 'x'
        "Name,Type,Capability,MaxTask`neve,human,,2" | ConvertFrom-Csv | Register-Agent | ForEach-Object MaxTasks | Should -Be 2
    }

    It 'refuses <Text>' -TestCases @(
        @{ Text = 'a blank name'; Parameters = @{ Name = ' ' } }
        @{ Text = 'a name of 101 characters'; Parameters = @{ Name = 'x' * 101 } }
        @{ Text = 'a name that nobody sees whole'; Parameters = @{ Name = "ann$([char]0x200b)" } }
        @{ Text = 'no tasks at all'; Parameters = @{ Name = 'ann'; MaxTask = 0 } }
        @{ Text = 'more than 1,000 tasks'; Parameters = @{ Name = 'ann'; MaxTask = 1001 } }
    ) {
        param($Parameters)
        Get-ErrorId { Register-Agent @Parameters } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.RegisterAgentCommand'
        Get-Agent | Should -BeNullOrEmpty
    }

    It 'refuses a name that looks like another' {
        $null = Register-Agent ann
        Get-ErrorId { Register-Agent Ann } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.RegisterAgentCommand'
        (Register-Agent ann -MaxTask 2).MaxTasks | Should -Be 2
    }

    It 'registers nothing with -WhatIf' {
        Register-Agent ann -WhatIf | Should -BeNullOrEmpty
        Get-Agent | Should -BeNullOrEmpty
    }
}
