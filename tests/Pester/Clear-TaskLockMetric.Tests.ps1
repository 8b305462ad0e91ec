BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Clear-TaskLockMetric' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1
        Grant-TaskAssignment T-1 ann
        Grant-TaskAssignment T-1 bob -By bob -ErrorAction SilentlyContinue
    }
    AfterEach { Exit-Workspace }

    It 'begins anew, for other processes too, and changes no task' {
        (Get-TaskLockMetric).Total.Conflicts | Should -Be 1
        Clear-TaskLockMetric | Should -BeNullOrEmpty
        (Get-TaskLockMetric).Total.Conflicts | Should -Be 0
        Get-TaskLockMetric task:T-1 | Should -BeNullOrEmpty
        Wait-Shell (Start-Shell '(Get-TaskLockMetric).Total.Conflicts') | Should -Be 0
        (Get-AgentTask T-1).Assignee.Name | Should -Be ann
    }

    It 'counts again afterwards' {
        Clear-TaskLockMetric
        Grant-TaskAssignment T-1 bob -By bob -ErrorAction SilentlyContinue
        (Get-TaskLockMetric).Total.Conflicts | Should -Be 1
    }

    It 'changes nothing with -WhatIf' {
        Clear-TaskLockMetric -WhatIf
        (Get-TaskLockMetric).Total.Conflicts | Should -Be 1
    }
}
