BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Start-AgentTask' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'starts what was claimed, with the token of the piped task' {
        $null = New-AgentTask T-1
        $claimed = Request-AgentTask -Agent ann
        $started = $claimed | Start-AgentTask -Agent ann
        $started.Status | Should -Be 'InProgress'
        $started.Attempt | Should -Be 1
        $started.StartedAt | Should -Not -BeNullOrEmpty
        $started.Claim.Token | Should -Be $claimed.Claim.Token
    }

    It 'carries a claim from one end of a pipeline to the other' {
        $null = New-AgentTask T-1
        Request-AgentTask -Agent ann | Start-AgentTask -Agent ann | ForEach-Object { $_ } | Complete-AgentTask -Agent ann
        (Get-AgentTask T-1).Status | Should -Be 'Done'
    }

    It 'gives a claim, and leases on the files, for what was assigned by hand' {
        $null = New-AgentTask T-1 -File a.md
        Grant-TaskAssignment T-1 ann
        $started = Start-AgentTask T-1 -Agent ann -Ttl 1h
        $started.Claim.Pid | Should -Be $PID
        ($started.Claim.Expires - $started.Claim.Claimed).TotalHours | Should -Be 1
        (Get-AgentFileLock).Path | Should -Be 'a.md'
    }

    It 'finds no change in a second start' {
        $null = New-AgentTask T-1
        $started = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
        $again = $started | Start-AgentTask -Agent ann
        $again.Attempt | Should -Be 1
        $again.Version | Should -Be $started.Version
    }

    It 'leaves a claim without a process as it is' {
        $null = New-AgentTask T-1
        (Request-AgentTask -Agent ann -ProcessId 0 | Start-AgentTask -Agent ann).Claim.Pid | Should -BeNullOrEmpty
    }

    It 'refuses a claim that was lost, and tells who has the task now' {
        $null = New-AgentTask T-1
        $lost = Request-AgentTask -Agent ann
        Restart-AgentTask T-1 -Force
        $now = Request-AgentTask -Agent bob
        $refusal = Get-Refusal { $lost | Start-AgentTask -Agent ann }
        $refusal.Code | Should -Be 'LeaseLost'
        $refusal.ExpectedToken | Should -Be $lost.Claim.Token
        $refusal.FoundToken | Should -Be $now.Claim.Token
        $refusal.Agent | Should -Be 'bob'
        Get-ErrorId { Start-AgentTask T-1 -Agent ann -Token $lost.Claim.Token } | Should -Be 'LeaseLost,TaskLocking.PowerShell.StartAgentTaskCommand'
    }

    It 'does not take somebody else''s claim for a proof' {
        $null = New-AgentTask T-1
        $theirs = Request-AgentTask -Agent bob
        $refusal = Get-Refusal { $theirs | Start-AgentTask -Agent ann }
        $refusal.Code | Should -Be 'NotOwner'
        (Get-AgentTask T-1).Claim.Agent | Should -Be 'bob'
    }

    It 'refuses <Code>: <Text>' -TestCases @(
        @{ Code = 'TaskNotFound'; Text = 'no such task'; Arrange = {}; Id = 'none' }
        @{ Code = 'NotOwner'; Text = 'nobody has it'; Arrange = { $null = New-AgentTask T-1 }; Id = 'T-1' }
        @{ Code = 'NotOwner'; Text = 'somebody else has it'; Arrange = { $null = New-AgentTask T-1; Grant-TaskAssignment T-1 bob }; Id = 'T-1' }
        @{ Code = 'StatusConflict'; Text = 'it is done'; Arrange = { $null = New-AgentTask T-1; Grant-TaskAssignment T-1 ann; Set-AgentTask T-1 -Status Done }; Id = 'T-1' }
        @{ Code = 'TaskNotReady'; Text = 'a dependency is not done'; Arrange = { $null = New-AgentTask T-1 -DependsOn T-0; Grant-TaskAssignment T-1 ann }; Id = 'T-1' }
        @{ Code = 'TaskNotReady'; Text = 'its time has not come'; Arrange = { $null = New-AgentTask T-1 -NotBefore (Get-Date).AddDays(1); Grant-TaskAssignment T-1 ann }; Id = 'T-1' }
        @{ Code = 'NotPermitted'; Text = 'a capability is missing'; Arrange = { $null = New-AgentTask T-1 -Requires gpu; Grant-TaskAssignment T-1 ann }; Id = 'T-1' }
        @{ Code = 'NotPermitted'; Text = 'others are named'; Arrange = { $null = New-AgentTask T-1 -AllowAgent bob; Grant-TaskAssignment T-1 ann }; Id = 'T-1' }
        @{ Code = 'FileLocked'; Text = 'somebody else has a file'; Arrange = { $null = New-AgentTask T-1 -File a; Grant-TaskAssignment T-1 ann; $null = Lock-AgentFile a -Agent bob }; Id = 'T-1' }
    ) {
        param($Code, $Arrange, $Id)
        & $Arrange
        Get-ErrorId { Start-AgentTask $Id -Agent ann } | Should -Be "$Code,TaskLocking.PowerShell.StartAgentTaskCommand"
        Get-AgentTask -Status InProgress | Should -BeNullOrEmpty
    }

    It 'names what is not done, and the root of a failure' {
        $null = New-AgentTask T-0
        $null = New-AgentTask T-1 -DependsOn T-0
        $null = New-AgentTask T-2 -DependsOn T-1
        Grant-TaskAssignment T-2 ann
        (Get-Refusal { Start-AgentTask T-2 -Agent ann }).Ids | Should -Be 'T-1'
        Grant-TaskAssignment T-0 bob
        $null = Start-AgentTask T-0 -Agent bob
        Submit-TaskFailure T-0 broken -Agent bob
        $refusal = Get-Refusal { Start-AgentTask T-2 -Agent ann }
        $refusal.Code | Should -Be 'DependencyFailed'
        $refusal.RootCause | Should -Be 'T-0'
    }

    It 'starts without the files of others when asked, and warns' {
        $null = New-AgentTask T-1 -File a, b
        Grant-TaskAssignment T-1 ann
        $null = Lock-AgentFile a -Agent bob
        $warnings = $null
        $null = Start-AgentTask T-1 -Agent ann -OnOverlap Warn -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'bob'
        (Get-AgentFileLock -Agent ann).Path | Should -Be 'b'
    }

    It 'makes a pipeline one commit, refusals aside' {
        $null = 'T-1', 'T-2', 'T-3' | New-AgentTask
        Grant-TaskAssignment T-1, T-3 ann
        $started = 'T-1', 'T-2', 'T-3' | Start-AgentTask -Agent ann -ErrorVariable refused -ErrorAction SilentlyContinue
        $started.Id | Should -Be @('T-1', 'T-3')
        @($started.Version | Sort-Object -Unique).Count | Should -Be 1
        $refused[0].TargetObject | Should -Be 'T-2'
    }

    It 'starts nothing with -WhatIf' {
        $null = New-AgentTask T-1
        Grant-TaskAssignment T-1 ann
        Start-AgentTask T-1 -Agent ann -WhatIf | Should -BeNullOrEmpty
        (Get-AgentTask T-1).Status | Should -Be 'Todo'
    }
}
