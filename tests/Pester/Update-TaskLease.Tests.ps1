BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Update-TaskLease' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -File a
        $null = New-AgentTask T-2
        $task = Request-AgentTask -Agent ann -ProcessId 0 -Ttl 1h
    }
    AfterEach { Exit-Workspace }

    It 'prolongs the claim and its files, for as long as they were given or for another time' {
        $task | Update-TaskLease -Agent ann | Should -BeNullOrEmpty
        $renewed = $task | Update-TaskLease -Agent ann -Ttl 2d -PassThru
        $renewed.Claim.Token | Should -Be $task.Claim.Token
        ($renewed.Claim.Expires - $task.Claim.Expires).TotalHours | Should -BeGreaterOrEqual 47
        (Get-AgentFileLock).Expires | Should -Be $renewed.Claim.Expires
    }

    It 'refuses <Code>: <Text>' -TestCases @(
        @{ Code = 'TaskNotFound'; Text = 'no such task'; Parameters = @{ Id = 'none'; Agent = 'ann' } }
        @{ Code = 'LeaseLost'; Text = 'a wrong token'; Parameters = @{ Id = 'T-1'; Agent = 'ann'; Token = 99999 } }
        @{ Code = 'NotOwner'; Text = 'somebody else''s claim'; Parameters = @{ Id = 'T-1'; Agent = 'bob' } }
        @{ Code = 'StatusConflict'; Text = 'no claim'; Parameters = @{ Id = 'T-2'; Agent = 'ann' } }
        @{ Code = 'InvalidArgument'; Text = 'too long'; Parameters = @{ Id = 'T-1'; Agent = 'ann'; Ttl = '31d' } }
    ) {
        param($Code, $Parameters)
        Get-ErrorId { Update-TaskLease @Parameters } | Should -Be "$Code,TaskLocking.PowerShell.UpdateTaskLeaseCommand"
        (Get-AgentTask T-1).Claim.Expires | Should -Be $task.Claim.Expires
    }

    It 'changes nothing with -WhatIf' {
        $task | Update-TaskLease -Agent ann -Ttl 2d -WhatIf
        (Get-AgentTask T-1).Claim.Expires | Should -Be $task.Claim.Expires
    }
}
