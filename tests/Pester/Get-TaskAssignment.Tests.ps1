BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Get-TaskAssignment' {
    BeforeAll {
        Enter-Workspace
        $null = 'T-1', 'T-2', 'T-3', 'T-4' | New-AgentTask
        Grant-TaskAssignment T-1, T-2 ann -Hostname box -By boss
        Grant-TaskAssignment T-3 human:bob
        Set-AgentTask T-2 -Status Done
    }
    AfterAll { Exit-Workspace }

    It 'lists who has what' {
        $all = Get-TaskAssignment
        $all.TaskId | Should -Be @('T-1', 'T-2', 'T-3')
        $all[0].Assignee | Should -Be 'agent:ann'
        $all[0].Hostname | Should -Be 'box'
        $all[0].AssignedBy | Should -Be 'boss'
        $all[0].AssignedAt | Should -Not -BeNullOrEmpty
    }

    It 'lists one assignee, by name, type and name, or pattern' {
        (Get-TaskAssignment -Assignee ann).TaskId | Should -Be @('T-1', 'T-2')
        (Get-TaskAssignment -Assignee human:bob).TaskId | Should -Be @('T-3')
        (Get-TaskAssignment -Assignee B*).TaskId | Should -Be @('T-3')
    }

    It 'lists what nobody has' {
        (Get-TaskAssignment -Unassigned).TaskId | Should -Be @('T-4')
    }

    It 'tells one task, and whether it is there at all' {
        (Get-TaskAssignment T-1).Assignee | Should -Be 'agent:ann'
        Get-TaskAssignment T-4 | Should -BeNullOrEmpty
        Get-ErrorId { Get-TaskAssignment none } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.GetTaskAssignmentCommand'
    }

    It 'counts the workload, most open tasks first' {
        $load = Get-TaskAssignment -Workload
        $load | Should -BeOfType TaskLocking.AssigneeWorkload
        ($load | Where-Object Name -EQ ann).Open | Should -Be 1
        ($load | Where-Object Name -EQ ann).Total | Should -Be 2
        ($load | Where-Object Name -EQ bob).Type | Should -Be 'human'
    }

    It 'pipes into the other verbs by the task id' {
        (Get-TaskAssignment -Unassigned | Get-AgentTask).Id | Should -Be 'T-4'
    }

    It 'tells what the agents of a pipeline have' {
        Enter-Workspace
        try {
            $null = Register-Agent ann, bob
            $null = Register-Agent ann -Type human
            $null = New-AgentTask T-1 -Name ann
            $null = New-AgentTask T-2, T-3
            Grant-TaskAssignment T-1, T-2 agent:ann
            Grant-TaskAssignment T-3 human:ann
            (Get-Agent ann | Where-Object Type -EQ agent | Get-TaskAssignment).TaskId | Should -Be @('T-1', 'T-2')
            (Get-Agent | Where-Object Type -EQ human | Get-TaskAssignment).TaskId | Should -Be 'T-3'
            Get-Agent bob | Get-TaskAssignment | Should -BeNullOrEmpty
            (Get-AgentTask T-1 | Get-TaskAssignment).TaskId | Should -Be 'T-1'
        }
        finally { Exit-Workspace }
    }
}
