BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Remove-TaskDependency' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1
        $null = New-AgentTask T-2 -DependsOn T-1, gone
    }
    AfterEach { Exit-Workspace }

    It 'takes a dependency away; one that is not there is no error' {
        Remove-TaskDependency T-2 gone | Should -BeNullOrEmpty
        $task = Remove-TaskDependency T-2 gone, never -PassThru -ErrorAction Stop
        $task.Dependencies | Should -Be 'T-1'
    }

    It 'cleans up what Test-TaskGraph found' {
        (Test-TaskGraph).Dangling | Remove-TaskDependency
        (Get-AgentTask T-2).Dependencies | Should -Be 'T-1'
        Test-TaskGraph -Quiet | Should -BeTrue
    }

    It 'frees what was blocked only by it' {
        Set-AgentTask T-1 -Status Failed
        (Get-AgentTask T-2).Status | Should -Be 'Blocked'
        Remove-TaskDependency T-2 T-1
        (Get-AgentTask T-2).Status | Should -Be 'Todo'
    }

    It 'refuses a task that is not there' {
        Get-ErrorId { Remove-TaskDependency none T-1 } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.RemoveTaskDependencyCommand'
    }

    It 'changes nothing with -WhatIf' {
        Remove-TaskDependency T-2 T-1 -WhatIf
        (Get-AgentTask T-2).Dependencies.Count | Should -Be 2
    }
}
