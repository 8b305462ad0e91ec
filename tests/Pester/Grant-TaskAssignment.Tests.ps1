BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Grant-TaskAssignment' {
    BeforeEach {
        Enter-Workspace
        $null = 'T-1', 'T-2', 'T-3' | New-AgentTask
    }
    AfterEach { Exit-Workspace }

    It 'assigns to an agent by default, with host and author' {
        Grant-TaskAssignment T-1 ann -Hostname box -By boss | Should -BeNullOrEmpty
        $assignee = (Get-AgentTask T-1).Assignee
        "$assignee" | Should -Be 'agent:ann'
        $assignee.Hostname | Should -Be 'box'
        $assignee.AssignedBy | Should -Be 'boss'
        $assignee.AssignedAt | Should -Not -BeNullOrEmpty
    }

    It 'takes the type from <Text>' -TestCases @(
        @{ Text = '-Type'; Parameters = @{ Assignee = 'bob'; Type = 'human' }; Expected = 'human:bob' }
        @{ Text = 'the name'; Parameters = @{ Assignee = 'host:box' }; Expected = 'host:box' }
        @{ Text = 'both'; Parameters = @{ Assignee = 'host:box'; Type = 'host' }; Expected = 'host:box' }
    ) {
        param($Parameters, $Expected)
        Grant-TaskAssignment T-1 @Parameters
        "$((Get-AgentTask T-1).Assignee)" | Should -Be $Expected
    }

    It 'refuses a -Type that the name contradicts' {
        { Grant-TaskAssignment T-1 host:box -Type agent -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidArgument,TaskLocking.PowerShell.GrantTaskAssignmentCommand'
        (Get-AgentTask T-1).Assignee | Should -BeNullOrEmpty
    }

    It 'refuses a task that somebody else has' {
        Grant-TaskAssignment T-1 ann
        $refused = $null
        Grant-TaskAssignment T-1 bob -ErrorVariable refused -ErrorAction SilentlyContinue
        @($refused).Count | Should -Be 1
        $refused[0].FullyQualifiedErrorId | Should -Be 'TaskAlreadyAssigned,TaskLocking.PowerShell.GrantTaskAssignmentCommand'
        "$($refused[0].Exception.Refusal.ExistingAssignee)" | Should -Be 'agent:ann'
        "$((Get-AgentTask T-1).Assignee)" | Should -Be 'agent:ann'
    }

    It 'finds no error and no change in the same assignee' {
        Grant-TaskAssignment T-1 ann
        $before = Get-AgentTask T-1
        Grant-TaskAssignment T-1 ann -ErrorAction Stop
        (Get-AgentTask T-1).Version | Should -Be $before.Version
    }

    It 'takes it from somebody with -Force' {
        Grant-TaskAssignment T-1 ann
        (Grant-TaskAssignment T-1 bob -Force -PassThru).Assignee.Name | Should -Be 'bob'
    }

    It 'assigns all or none' {
        Grant-TaskAssignment T-2 bob
        $before = (Get-AgentTask).Version
        $ids = Get-ErrorId { 'T-1', 'T-2', 'T-3', 'none' | Grant-TaskAssignment -Assignee ann }
        $ids | Should -Contain 'TaskAlreadyAssigned,TaskLocking.PowerShell.GrantTaskAssignmentCommand'
        $ids | Should -Contain 'TaskNotFound,TaskLocking.PowerShell.GrantTaskAssignmentCommand'
        $ids[-1] | Should -Be 'BatchRefused,TaskLocking.PowerShell.GrantTaskAssignmentCommand'
        (Get-AgentTask).Version | Should -Be $before
    }

    It 'takes what is free with -SkipConflict and reports the rest' {
        Grant-TaskAssignment T-2 bob
        $result = Get-AgentTask | Grant-TaskAssignment -Assignee ann -SkipConflict
        $result | Should -BeOfType TaskLocking.AssignmentResult
        $result.Assigned.Id | Should -Be @('T-1', 'T-3')
        $result.Failed.Id | Should -Be @('T-2')
        $result.Failed[0].Refusal.Code | Should -Be 'TaskAlreadyAssigned'
        (Get-AgentTask -Assignee ann).Id | Should -Be @('T-1', 'T-3')
    }

    It 'makes a batch one commit' {
        $tasks = Get-AgentTask | Grant-TaskAssignment -Assignee ann -PassThru
        $tasks.Id | Should -Be @('T-1', 'T-2', 'T-3')
        @($tasks.Version | Sort-Object -Unique).Count | Should -Be 1
    }

    It 'refuses when the version has changed' {
        $read = Get-AgentTask T-1
        Set-AgentTask T-1 -Name x
        Get-ErrorId { Grant-TaskAssignment T-1 ann -IfVersion $read.Version } | Should -Be 'VersionChanged,TaskLocking.PowerShell.GrantTaskAssignmentCommand'
    }

    It 'assigns nothing with -WhatIf' {
        Grant-TaskAssignment T-1 ann -WhatIf
        Get-AgentTask -Assignee ann | Should -BeNullOrEmpty
    }

    It 'refuses a name of more than 100 characters' {
        Get-ErrorId { Grant-TaskAssignment T-1 ('x' * 101) } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.GrantTaskAssignmentCommand'
    }
}
