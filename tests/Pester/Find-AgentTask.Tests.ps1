BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Find-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -Name 'Fix the Login' -Content 'It hangs after a TIMEOUT.'
        $null = New-AgentTask T-2 -Name 'Login page' -Tag web
        $null = New-AgentTask T-3 -Name 'Other' -Swarm s
        $null = Request-AgentTask -Agent ann -Swarm s -Start | Submit-TaskFailure -Agent ann -Reason 'no login'
    }
    AfterEach { Exit-Workspace }

    It 'finds words of all texts, in any case, and conditions add up' {
        (Find-AgentTask login).Id | Should -Be 'T-1', 'T-2', 'T-3'
        (Find-AgentTask login, timeout).Id | Should -Be 'T-1'
        (Find-AgentTask WEB).Id | Should -Be 'T-2'
        (Find-AgentTask login -Status Failed).Id | Should -Be 'T-3'
        (Find-AgentTask login -Assignee agent:ann -Swarm s).Id | Should -Be 'T-3'
        (Find-AgentTask login -Tag web).Id | Should -Be 'T-2'
        Find-AgentTask 'log*' | Should -BeNullOrEmpty
    }

    It 'finds what nobody has changed' {
        Find-AgentTask -UnchangedFor 1h | Should -BeNullOrEmpty
        (Find-AgentTask -UnchangedFor 0s -Status Failed).Id | Should -Be 'T-3'
    }

    It 'is asked for something' {
        Get-ErrorId { Find-AgentTask '' } | Should -Be 'ParameterArgumentValidationError,TaskLocking.PowerShell.FindAgentTaskCommand'
        Get-ErrorId { Find-AgentTask $null } | Should -Be 'ParameterArgumentValidationError,TaskLocking.PowerShell.FindAgentTaskCommand'
    }
}
