BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Submit-TaskFailure' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -File a
        $null = New-AgentTask T-2 -DependsOn T-1
        $null = New-AgentTask T-3 -DependsOn T-2
        $task = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
    }
    AfterEach { Exit-Workspace }

    It 'fails the task, frees its files and blocks what depends on it, with nearest and root cause' {
        $null = Lock-AgentFile other -Agent ann
        $task | Submit-TaskFailure -Reason 'no input' -Agent ann | Should -BeNullOrEmpty
        $failed = Get-AgentTask T-1
        $failed.Status | Should -Be 'Failed'
        $failed.Failure.Reason | Should -Be 'no input'
        $failed.Failure.Agent | Should -Be 'ann'
        $failed.Claim | Should -BeNullOrEmpty
        Get-AgentFileLock | Should -BeNullOrEmpty
        $two, $three = Get-AgentTask T-2, T-3
        $two.Status, $three.Status | Should -Be @('Blocked', 'Blocked')
        $two.BlockedBy.Nearest, $two.BlockedBy.Root | Should -Be @('T-1', 'T-1')
        $three.BlockedBy.Nearest, $three.BlockedBy.Root | Should -Be @('T-2', 'T-1')
    }

    It 'puts it back for a later attempt while there is one, unless it is final' {
        Set-AgentTask T-1 -MaxAttempt 3 -RetryDelay 10m
        $later = $task | Submit-TaskFailure -Reason flaky -Agent ann -PassThru
        $later.Status | Should -Be 'Todo'
        $later.Assignee | Should -BeNullOrEmpty
        ($later.NotBefore - $later.Failure.At).TotalMinutes | Should -Be 10
        Request-AgentTask -Agent ann | Should -BeNullOrEmpty
        (Get-AgentTask T-2).Status | Should -Be 'Todo'
        Set-AgentTask T-1 -NotBefore (Get-Date).AddDays(-1)
        $again = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
        $again.Attempt | Should -Be 2
        ($again | Submit-TaskFailure -Reason gone -Agent ann -Final -PassThru).Status | Should -Be 'Failed'
    }

    It 'takes an error for a reason, on one line and cut' {
        try { throw "first`nsecond" } catch { $task | Submit-TaskFailure -Agent ann -Reason $_ }
        (Get-AgentTask T-1).Failure.Reason | Should -Be 'first second'
        Restart-AgentTask T-1
        $null = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
        Submit-TaskFailure T-1 ('x' * 5000) -Agent ann
        (Get-AgentTask T-1).Failure.Reason.Length | Should -Be 1000
    }

    It 'refuses <Code>: <Text>' -TestCases @(
        @{ Code = 'TaskNotFound'; Text = 'no such task'; Parameters = @{ Id = 'none'; Agent = 'ann' } }
        @{ Code = 'NotOwner'; Text = 'somebody else works on it'; Parameters = @{ Id = 'T-1'; Agent = 'bob' } }
        @{ Code = 'LeaseLost'; Text = 'a wrong token'; Parameters = @{ Id = 'T-1'; Agent = 'ann'; Token = 99999 } }
        @{ Code = 'StatusConflict'; Text = 'it was not started'; Parameters = @{ Id = 'T-2'; Agent = 'ann' } }
        @{ Code = 'InvalidArgument'; Text = 'no reason'; Parameters = @{ Id = 'T-1'; Agent = 'ann'; Reason = ' ' } }
    ) {
        param($Code, $Parameters)
        $all = @{ Reason = 'why' } + @{}
        $Parameters.GetEnumerator() | ForEach-Object { $all[$_.Key] = $_.Value }
        Get-ErrorId { Submit-TaskFailure @all } | Should -Be "$Code,TaskLocking.PowerShell.SubmitTaskFailureCommand"
        (Get-AgentTask T-1).Status | Should -Be 'InProgress'
    }

    It 'changes nothing with -WhatIf' {
        $task | Submit-TaskFailure -Reason x -Agent ann -WhatIf
        (Get-AgentTask T-1).Status | Should -Be 'InProgress'
    }
}
