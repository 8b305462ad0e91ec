BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Complete-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -File a
        $null = New-AgentTask T-2 -DependsOn T-1
        $task = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
    }
    AfterEach { Exit-Workspace }

    It 'ends the work, the claim and its file leases, and lets what waited go on' {
        $task | Complete-AgentTask -Agent ann | Should -BeNullOrEmpty
        $done = Get-AgentTask T-1
        $done.Status | Should -Be 'Done'
        $done.CompletedAt | Should -Not -BeNullOrEmpty
        $done.Claim | Should -BeNullOrEmpty
        Get-AgentFileLock | Should -BeNullOrEmpty
        (Get-AgentTask -Ready).Id | Should -Be 'T-2'
    }

    It 'writes the task with -PassThru' {
        (Complete-AgentTask T-1 -Agent ann -PassThru).Status | Should -Be 'Done'
    }

    It 'takes the token by itself, from an object of its own, or from a task' {
        $refusal = Get-Refusal { Complete-AgentTask T-1 -Agent ann -Token ($task.Claim.Token + 1) }
        $refusal.Code | Should -Be 'LeaseLost'
        $refusal.FoundToken | Should -Be $task.Claim.Token
        [pscustomobject]@{ TaskId = 'T-1'; Token = $task.Claim.Token + 1 } | Complete-AgentTask -Agent ann -ErrorAction SilentlyContinue -ErrorVariable refused
        $refused[0].FullyQualifiedErrorId | Should -Be 'LeaseLost,TaskLocking.PowerShell.CompleteAgentTaskCommand'
        [pscustomobject]@{ TaskId = 'T-1'; Token = "$($task.Claim.Token)" } | Complete-AgentTask -Agent ann -PassThru | ForEach-Object Status | Should -Be 'Done'
    }

    It 'refuses a late finisher and tells who has the task now' {
        Restart-AgentTask T-1 -Force
        $now = Request-AgentTask -Agent bob | Start-AgentTask -Agent bob
        $refusal = Get-Refusal { $task | Complete-AgentTask -Agent ann }
        $refusal.Code | Should -Be 'LeaseLost'
        $refusal.Agent | Should -Be 'bob'
        $refusal.ExpectedToken | Should -Be $task.Claim.Token
        $refusal.FoundToken | Should -Be $now.Claim.Token
        (Get-AgentTask T-1).Status | Should -Be 'InProgress'
    }

    It 'refuses <Code>: <Text>' -TestCases @(
        @{ Code = 'TaskNotFound'; Text = 'no such task'; Id = 'none'; Agent = 'ann' }
        @{ Code = 'NotOwner'; Text = 'somebody else works on it'; Id = 'T-1'; Agent = 'bob' }
        @{ Code = 'StatusConflict'; Text = 'it was not started'; Id = 'T-2'; Agent = 'ann' }
    ) {
        param($Code, $Id, $Agent)
        Get-ErrorId { Complete-AgentTask $Id -Agent $Agent } | Should -Be "$Code,TaskLocking.PowerShell.CompleteAgentTaskCommand"
    }

    It 'leaves the gate from Review to Done to a person' {
        $null = Register-Agent ann
        $null = Register-Agent eva -Type human
        $task | Complete-AgentTask -Agent ann -ForReview
        (Get-AgentTask T-1).Status | Should -Be 'Review'
        Get-ErrorId { Complete-AgentTask T-1 -Agent ann } | Should -Be 'NotPermitted,TaskLocking.PowerShell.CompleteAgentTaskCommand'
        Get-ErrorId { Complete-AgentTask T-1 -Agent ann -Type human } | Should -Be 'NotPermitted,TaskLocking.PowerShell.CompleteAgentTaskCommand'
        Get-ErrorId { Set-AgentTask T-1 -Status Done } | Should -Be 'NotPermitted,TaskLocking.PowerShell.SetAgentTaskCommand'
        Get-AgentTask -Status Review | Complete-AgentTask -Agent eva -Type human
        (Get-AgentTask T-1).Status | Should -Be 'Done'
    }

    It 'brings a task that needs approval to Review' {
        Set-AgentTask T-1 -NeedsReview
        (Complete-AgentTask T-1 -Agent ann -PassThru).Status | Should -Be 'Review'
    }

    It 'gives the next task in the same commit with -Next, which may have waited for this one' {
        $next = $task | Complete-AgentTask -Agent ann -Next -Start -Ttl 30m
        $next.Id | Should -Be 'T-2'
        $next.Status | Should -Be 'InProgress'
        ($next.Claim.Expires - $next.Claim.Claimed).TotalMinutes | Should -Be 30
        $next.Claim.Pid | Should -Be $PID
        (Get-AgentTask T-1).Version | Should -Be $next.Version
        $next | Complete-AgentTask -Agent ann -Next | Should -BeNullOrEmpty
        (Get-AgentTask T-2).Status | Should -Be 'Done'
    }

    It 'writes both with -PassThru, and only claims without -Start' {
        (Complete-AgentTask T-1 -Agent ann -Next -PassThru).Status | Should -Be @('Done', 'Todo')
        (Get-AgentTask T-2).Claim.Agent | Should -Be 'ann'
    }

    It 'claims nothing where the completion is refused' {
        $null = New-AgentTask T-3
        Get-ErrorId { Complete-AgentTask T-1 -Agent ann -Token ($task.Claim.Token + 1) -Next } |
            Should -Be 'LeaseLost,TaskLocking.PowerShell.CompleteAgentTaskCommand'
        (Get-AgentTask T-3).Claim | Should -BeNullOrEmpty
        Get-ErrorId { Complete-AgentTask T-1 -Agent ann -Start } | Should -Match '^(AmbiguousParameterSet|MissingMandatoryParameter),'
    }

    It 'completes nothing with -WhatIf' {
        $task | Complete-AgentTask -Agent ann -WhatIf
        $task | Complete-AgentTask -Agent ann -Next -WhatIf | Should -BeNullOrEmpty
        (Get-AgentTask T-1).Status | Should -Be 'InProgress'
    }
}
