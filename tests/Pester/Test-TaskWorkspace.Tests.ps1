BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Test-TaskWorkspace' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'tries exclusion between two processes, release on kill and the rest' {
        $report = Test-TaskWorkspace
        $report | Should -BeOfType TaskLocking.WorkspaceReport
        $report.Items.Name | Should -Contain 'ExclusionAcrossProcesses'
        $report.Items.Name | Should -Contain 'ReleaseOnKill'
        ($report.Items | Where-Object { -not $_.Passed } | ForEach-Object Detail) | Should -BeNullOrEmpty
        $report.Passed | Should -BeTrue
        Test-TaskWorkspace -Quiet | Should -BeTrue
    }

    It 'leaves nothing behind' {
        $before = @(Get-ChildItem -Force -Recurse).Count
        $null = Test-TaskWorkspace
        @(Get-ChildItem -Force -Recurse).Count | Should -Be $before
    }

    It 'refuses a folder that is not there' {
        Get-ErrorId { Test-TaskWorkspace -Workspace ./nowhere } | Should -Be 'PathNotFound,TaskLocking.PowerShell.TestTaskWorkspaceCommand'
    }

    It 'sees that locking is switched off, where nothing opens' {
        $shell = Start-Shell -Surroundings @{ DOTNET_SYSTEM_IO_DISABLEFILELOCKING = '1' } 'Test-TaskWorkspace -Quiet; try { New-AgentTask T-1 } catch { $_.FullyQualifiedErrorId }'
        (Wait-Shell $shell) -split '\r?\n' | Should -Be @('False', 'LockingUnsupported,TaskLocking.PowerShell.NewAgentTaskCommand')
        Get-ChildItem .todo2 -Force | Should -BeNullOrEmpty
    }
}
