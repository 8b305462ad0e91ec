BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Revoke-TaskAssignment' {
    BeforeEach {
        Enter-Workspace
        $null = 'T-1', 'T-2', 'T-3' | New-AgentTask
        Grant-TaskAssignment T-1, T-2 ann
        Grant-TaskAssignment T-3 bob
    }
    AfterEach { Exit-Workspace }

    It 'lets the owner revoke' {
        Revoke-TaskAssignment T-1 ann | Should -BeNullOrEmpty
        Revoke-TaskAssignment T-2 agent:ann -PassThru | ForEach-Object Id | Should -Be 'T-2'
        (Get-AgentTask -Unassigned).Id | Should -Be @('T-1', 'T-2')
    }

    It 'refuses anybody else' {
        Get-ErrorId { Revoke-TaskAssignment T-3 ann } | Should -Be 'NotOwner,TaskLocking.PowerShell.RevokeTaskAssignmentCommand'
        (Get-AgentTask T-3).Assignee.Name | Should -Be 'bob'
    }

    It 'wants an owner or -Force' {
        Get-ErrorId { Revoke-TaskAssignment T-3 } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.RevokeTaskAssignmentCommand'
        Revoke-TaskAssignment T-3 -Force
        (Get-AgentTask T-3).Assignee | Should -BeNullOrEmpty
    }

    It 'revokes all or none' {
        $ids = Get-ErrorId { Get-AgentTask | Revoke-TaskAssignment -Assignee ann }
        $ids | Should -Be @(
            'NotOwner,TaskLocking.PowerShell.RevokeTaskAssignmentCommand'
            'BatchRefused,TaskLocking.PowerShell.RevokeTaskAssignmentCommand'
        )
        Get-AgentTask -Unassigned | Should -BeNullOrEmpty
    }

    It 'names in the last error the tasks that stood in the way' {
        $refused = $null
        Get-AgentTask | Revoke-TaskAssignment -Assignee ann -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[-1].Exception.Refusal.Ids | Should -Be @('T-3')
        $refused[-1].TargetObject | Should -Be @('T-1', 'T-2', 'T-3')
    }

    It 'revokes what it can with -SkipConflict' {
        $result = Get-AgentTask | Revoke-TaskAssignment -From ann -SkipConflict
        $result.Assigned.Id | Should -Be @('T-1', 'T-2')
        $result.Failed.Id | Should -Be @('T-3')
        (Get-AgentTask -Unassigned).Id | Should -Be @('T-1', 'T-2')
    }

    It 'revokes nothing with -WhatIf' {
        Revoke-TaskAssignment T-1 ann -WhatIf
        (Get-AgentTask T-1).Assignee.Name | Should -Be 'ann'
    }
}
