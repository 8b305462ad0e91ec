BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Get-TaskLockMetric' {
    BeforeAll {
        Enter-Workspace
        $null = 'T-1', 'T-2' | New-AgentTask
        Grant-TaskAssignment T-1 ann
        Grant-TaskAssignment T-1 bob -By bob -ErrorAction SilentlyContinue
        $null = Lock-AgentFile a -Agent ann
        Lock-AgentFile a -Agent bob -ErrorAction SilentlyContinue
    }
    AfterAll { Exit-Workspace }

    It 'tells of waits, holds and conflicts' {
        $metrics = Get-TaskLockMetric
        $metrics | Should -BeOfType TaskLocking.LockMetrics
        $metrics.Total.Waits.Count | Should -BeGreaterThan 0
        $metrics.Total.Holds.Count | Should -BeGreaterThan 0
        $metrics.Total.Conflicts | Should -Be 2
        $metrics.Since | Should -Not -BeNullOrEmpty
    }

    It 'tells by resource and by holder, by exact name or wildcard' {
        (Get-TaskLockMetric task:T-1).Conflicts | Should -Be 1
        (Get-TaskLockMetric file:*).Name | Should -Be 'file:a'
        (Get-TaskLockMetric -Holder bob).Conflicts | Should -Be 2
        Get-TaskLockMetric none | Should -BeNullOrEmpty
    }

    It 'knows what another process recorded' {
        $before = (Get-TaskLockMetric state).Waits.Count
        $null = Wait-Shell (Start-Shell '$null = New-AgentTask T-3')
        (Get-TaskLockMetric state).Waits.Count | Should -BeGreaterThan $before
    }
}
