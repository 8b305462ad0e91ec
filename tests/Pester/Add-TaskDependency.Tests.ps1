BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Add-TaskDependency' {
    BeforeEach {
        Enter-Workspace
        $null = 'T-1', 'T-2', 'T-3' | New-AgentTask
    }
    AfterEach { Exit-Workspace }

    It 'makes tasks wait, in one commit' {
        'T-2', 'T-3' | Add-TaskDependency -DependsOn T-1, T-0 | Should -BeNullOrEmpty
        $two, $three = Get-AgentTask T-2, T-3
        $two.Dependencies | Should -Be @('T-1', 'T-0')
        $three.Version | Should -Be $two.Version
        (Get-AgentTask -Ready).Id | Should -Be 'T-1'
    }

    It 'adds to what is there, and finds no change in what is there already' {
        Add-TaskDependency T-3 T-1
        $task = Add-TaskDependency T-3 T-2 -PassThru
        $task.Dependencies | Should -Be @('T-1', 'T-2')
        (Add-TaskDependency T-3 T-2 -PassThru).Version | Should -Be $task.Version
    }

    It 'warns of what is no task, when it is new' {
        Add-TaskDependency T-3 T-9 -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike 'T-3 waits for T-9, which is no task: *'
        Add-TaskDependency T-3 T-9, T-2 -WarningVariable warned
        $warned | Should -BeNullOrEmpty
    }

    It 'refuses a circle and names it' {
        Add-TaskDependency T-2 T-1
        Add-TaskDependency T-3 T-2
        $refusal = Get-Refusal { Add-TaskDependency T-1 T-3 }
        $refusal.Code | Should -Be 'DependencyCycle'
        $refusal.TaskId | Should -Be 'T-1'
        $refusal.Ids | Should -Be @('T-1', 'T-3', 'T-2')
        Get-ErrorId { Add-TaskDependency T-1 T-1 } | Should -Match '^(DependencyCycle|InvalidArgument),TaskLocking.PowerShell.AddTaskDependencyCommand$'
        (Get-AgentTask T-1).Dependencies.Count | Should -Be 0
    }

    It 'takes both ends by property name' {
        "Id,DependsOn`nT-2,T-1`nT-3,T-2" | ConvertFrom-Csv | Add-TaskDependency
        (Get-AgentTask T-3).Dependencies | Should -Be 'T-2'
        (Get-AgentTask T-2).Dependencies | Should -Be 'T-1'
    }

    It 'refuses a task that is not there, and one that has changed' {
        $read = Get-AgentTask T-1
        Set-AgentTask T-1 -Name x
        Get-ErrorId { Add-TaskDependency none T-1 } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.AddTaskDependencyCommand'
        Get-ErrorId { $read | Add-TaskDependency -DependsOn T-2 -IfVersion { $_.Version } } | Should -Be 'VersionChanged,TaskLocking.PowerShell.AddTaskDependencyCommand'
    }

    It 'changes nothing with -WhatIf' {
        Add-TaskDependency T-2 T-1 -WhatIf
        (Get-AgentTask T-2).Dependencies.Count | Should -Be 0
    }
}
