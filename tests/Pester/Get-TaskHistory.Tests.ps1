BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Get-TaskHistory' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -Name one
    }
    AfterEach { Exit-Workspace }

    It 'tells field, old and new value, when and by whom' {
        Set-AgentTask T-1 -Name two -By ann
        $entry = Get-TaskHistory T-1 | Where-Object Field -EQ name | Select-Object -Last 1
        $entry | Should -BeOfType TaskLocking.TaskHistoryEntry
        $entry.OldValue | Should -Be 'one'
        $entry.NewValue | Should -Be 'two'
        $entry.By | Should -Be 'ann'
        $entry.Timestamp | Should -Not -BeNullOrEmpty
    }

    It 'tells the assignment as type and name' {
        Grant-TaskAssignment T-1 ann
        (Get-TaskHistory T-1 | Where-Object Field -EQ assignee).NewValue | Should -Be 'agent:ann'
    }

    It 'writes nothing for a change that changes nothing' {
        $before = @(Get-TaskHistory T-1).Count
        Set-AgentTask T-1 -Name one
        @(Get-TaskHistory T-1).Count | Should -Be $before
    }

    It 'takes wildcards and piped tasks' {
        Set-AgentTask T-1 -Name two
        @(Get-TaskHistory T-*).Count | Should -BeGreaterThan 0
        @(Get-AgentTask | Get-TaskHistory).Count | Should -Be @(Get-TaskHistory T-1).Count
    }

    It 'tells all of a long history, of which the todo keeps a part' {
        1..210 | ForEach-Object { Set-AgentTask T-1 -Name "n$_" }
        $names = @(Get-TaskHistory T-1 | Where-Object Field -EQ name).NewValue
        $names | Should -Be @(1..210 | ForEach-Object { "n$_" })
        @(((Get-AgentTask T-1).ToJson() | ConvertFrom-Json).changes).Count | Should -BeLessOrEqual 200
        Set-AgentTask T-1 -Status Done
        (Compress-AgentTask 0s).Archived | Should -Be 'T-1'
        @(Get-TaskHistory T-1 | Where-Object Field -EQ name).Count | Should -Be 210
    }

    It 'says that a task is not there' {
        Get-ErrorId { Get-TaskHistory none } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.GetTaskHistoryCommand'
    }
}
