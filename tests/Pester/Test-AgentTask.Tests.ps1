BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Test-AgentTask' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace; Remove-Item Env:/TASKLOCKING_AGENT -ErrorAction Ignore }

    It 'says that nothing stands in the way' {
        $null = New-AgentTask T-1
        $readiness = Test-AgentTask T-1
        $readiness | Should -BeOfType TaskLocking.Readiness
        $readiness.IsReady | Should -BeTrue
        $readiness.Reasons.Count | Should -Be 0
        Test-AgentTask T-1 -Agent ann -Quiet | Should -BeTrue
    }

    It 'gives every reason, not only the first' {
        $null = New-AgentTask T-1
        $null = New-AgentTask T-2 -DependsOn T-1, none -NotBefore (Get-Date).AddDays(1) -Requires gpu -AllowAgent bob -File a
        Grant-TaskAssignment T-2 bob
        $null = Lock-AgentFile a -Agent eve
        $null = Lock-AgentTask T-2
        $readiness = Test-AgentTask T-2 -Agent ann
        $readiness.IsReady | Should -BeFalse
        foreach ($code in 'DependencyUnmet', 'DependencyMissing', 'NotBefore', 'Assigned', 'MissingCapability', 'NotAllowed', 'FileHeld') {
            $readiness.Reasons.Code | Should -Contain $code
        }
        ($readiness.Reasons | Where-Object Code -eq DependencyUnmet).TaskId | Should -Be 'T-1'
        ($readiness.Reasons | Where-Object Code -eq FileHeld).Path | Should -Be 'a'
        ($readiness.Reasons | Where-Object Code -eq FileHeld).Agent | Should -Be 'eve'
        ($readiness.Reasons | Where-Object Code -eq NotBefore).Until | Should -Not -BeNullOrEmpty
    }

    It 'names who has the claim, and a failure''s root' {
        $null = New-AgentTask T-1
        $null = New-AgentTask T-2 -DependsOn T-1
        $null = Request-AgentTask -Agent bob | Start-AgentTask -Agent bob
        ((Test-AgentTask T-1 -Agent ann).Reasons | Where-Object Code -eq Claimed).Agent | Should -Be 'bob'
        Submit-TaskFailure T-1 x -Agent bob
        (Test-AgentTask T-2).Reasons.Code | Should -Contain 'DependencyFailed'
    }

    It 'sees the lock that another session holds' {
        $null = New-AgentTask T-1
        $other = New-Shell
        $null = Invoke-Shell $other 'Lock-AgentTask T-1 -Agent eve'
        (Test-AgentTask T-1).Reasons.Code | Should -Contain 'TaskHeld'
        $other.Runspace.Close()
        Test-AgentTask T-1 -Quiet | Should -BeTrue
    }

    It 'asks for TASKLOCKING_AGENT, or for anybody with an empty name' {
        $null = New-AgentTask T-1 -AllowAgent bob
        Test-AgentTask T-1 -Quiet | Should -BeTrue
        $env:TASKLOCKING_AGENT = 'ann'
        Test-AgentTask T-1 -Quiet | Should -BeFalse
        Test-AgentTask T-1 -Agent '' -Quiet | Should -BeTrue
        Test-AgentTask T-1 -Agent bob -Quiet | Should -BeTrue
    }

    It 'counts the capabilities that are named' {
        $null = New-AgentTask T-1 -Requires gpu
        Test-AgentTask T-1 -Agent ann -Quiet | Should -BeFalse
        Test-AgentTask T-1 -Agent ann -Capability gpu -Quiet | Should -BeTrue
    }

    It 'takes wildcards and a pipeline, and refuses an id that is not there' {
        $null = 'T-1', 'T-2', 'U-1' | New-AgentTask
        (Test-AgentTask t-*).TaskId | Should -Be @('T-1', 'T-2')
        (Get-AgentTask | Test-AgentTask).TaskId | Should -Be @('T-1', 'T-2', 'U-1')
        Get-ErrorId { Test-AgentTask none } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.TestAgentTaskCommand'
    }
}
