BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Get-TaskProgress' {
    BeforeEach {
        Enter-Workspace
        $null = 'T-1', 'T-2', 'T-3' | New-AgentTask -Swarm s
        $null = New-AgentTask U-1
    }
    AfterEach { Exit-Workspace }

    It 'counts a swarm, or everything' {
        Set-AgentTask T-1 -Status Done
        Set-AgentTask T-2 -Status InProgress
        $progress = Get-TaskProgress s
        $progress | Should -BeOfType TaskLocking.TaskProgress
        $progress.Swarm | Should -Be 's'
        $progress.Percent | Should -Be 33.3
        $progress.Completed, $progress.InProgress, $progress.Pending, $progress.Ready, $progress.Total | Should -Be @(1, 1, 1, 1, 3)
        (Get-TaskProgress).Total | Should -Be 4
        ('s', 'none' | Get-TaskProgress).Total | Should -Be @(3, 0)
        (Get-AgentTask T-1 | Get-TaskProgress).Swarm | Should -Be 's'
    }

    It 'counts what is below a task, at any depth' {
        'T-2', 'T-3' | Set-AgentTask -Parent T-1
        $null = New-AgentTask T-2.1 -Parent T-2
        Set-AgentTask T-3 -Status Done
        $progress = Get-TaskProgress -Parent T-1
        $progress.Parent, $progress.Total, $progress.Completed, $progress.Percent, $progress.Ready | Should -Be @('T-1', 3, 1, 33.3, 1)
        (Get-TaskProgress -Parent T-2, T-3).Total | Should -Be @(1, 0)
        Get-ErrorId { Get-TaskProgress -Parent none } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.GetTaskProgressCommand'
        Get-ErrorId { Get-TaskProgress s -Parent T-1 } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.GetTaskProgressCommand'
    }

    It 'tells what failed and which files are leased' {
        $null = New-AgentTask T-4 -Swarm s -Priority Critical -File a
        $null = Request-AgentTask -Agent ann
        Set-AgentTask T-1 -Status Failed
        $progress = Get-TaskProgress s
        $progress.FailedTaskIds | Should -Be 'T-1'
        $progress.LockedFiles | Should -Be 'a'
        $progress.ActiveLocks | Should -Be 1
    }

    It 'follows with -Watch until all is done, and shows the way there' {
        $other = New-Shell
        $none = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $none.Complete()
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $watching = $other.AddScript('Get-TaskProgress s -Watch -IntervalMs 20').BeginInvoke($none, $output)
        Wait-FirstItem $other.Streams.Progress
        $output.Count | Should -Be 0
        Get-AgentTask -Swarm s | Set-AgentTask -Status Done
        $null = $other.EndInvoke($watching)
        $output.Count | Should -Be 1
        $output[0].Percent | Should -Be 100
        $shown = $other.Streams.Progress.ReadAll()
        $shown[0].PercentComplete | Should -Be 0
        $shown[-1].RecordType | Should -Be 'Completed'
    }

    It 'ends at once when what is left is blocked, and when nothing is there' {
        Set-AgentTask T-1 -Status Failed
        'T-2', 'T-3' | Set-AgentTask -Status Blocked
        (Get-TaskProgress s, none -Watch).Total | Should -Be @(3, 0)
    }

    It 'stops when the pipeline is stopped' {
        $other = New-Shell
        $watching = $other.AddScript('Get-TaskProgress -Watch -IntervalMs 3600000').BeginInvoke()
        Wait-FirstItem $other.Streams.Progress
        $other.Stop()
        { $other.EndInvoke($watching) } | Should -Throw
        $other.InvocationStateInfo.State | Should -Be 'Stopped'
    }
}
