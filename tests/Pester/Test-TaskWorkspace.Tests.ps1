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

    It 'looks for a board in a database where there is none, apart from what others have loaded' {
        $address = 'postgres://nobody@127.0.0.1:1/none/none'
        $id = Get-ErrorId { New-AgentTask T-1 -Workspace $address -TimeoutSec 0 }
        $id | Should -Be 'StoreUnavailable,TaskLocking.PowerShell.NewAgentTaskCommand'
        $error[0].Exception.Message | Should -Not -Match 'password'
        if ($env:TASKLOCKING_TEST_FRAMEWORK -eq 'netstandard2.0') {
            $error[0].Exception.Message | Should -Match 'needs PowerShell 7'
            return
        }
        (Test-TaskWorkspace -Workspace $address).Items.Where({ -not $_.Passed }).Name | Should -Contain 'Connection'
        $of = [System.Runtime.Loader.AssemblyLoadContext]::All.Where({ $_.Assemblies.GetName().Name -contains 'Npgsql' }).Name
        $of | Should -Be 'TaskLocking.PostgreSql'
        Get-ErrorId { New-AgentTask T-1 -Workspace 'postgres://me:secret@127.0.0.1/none/none' } | Should -BeLike 'InvalidArgument,*'
        $error[0].Exception.Message | Should -Not -Match 'secret'
        Get-ErrorId { Measure-TaskLocking -Workspace $address } | Should -BeLike 'StoreUnavailable,*'
    }

    It 'sees that locking is switched off, where nothing opens' {
        $shell = Start-Shell -Surroundings @{ DOTNET_SYSTEM_IO_DISABLEFILELOCKING = '1' } 'Test-TaskWorkspace -Quiet; try { New-AgentTask T-1 } catch { $_.FullyQualifiedErrorId }'
        (Wait-Shell $shell) -split '\r?\n' | Should -Be @('False', 'LockingUnsupported,TaskLocking.PowerShell.NewAgentTaskCommand')
        Get-ChildItem .todo2 -Force | Should -BeNullOrEmpty
    }
}
