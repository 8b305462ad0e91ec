BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Test-TaskGraph' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'finds nothing wrong with a healthy graph' {
        $null = New-AgentTask T-1
        $null = New-AgentTask T-2 -DependsOn T-1
        $report = Test-TaskGraph
        $report | Should -BeOfType TaskLocking.Scheduling.GraphReport
        $report.IsHealthy | Should -BeTrue
        $report.Tasks | Should -Be 2
        $report.Dependencies | Should -Be 1
        Test-TaskGraph -Quiet | Should -BeTrue
    }

    It 'reports the circle and the dangling id of a foreign document' {
        $todos = @(
            @{ id = 'A'; name = 'A'; status = 'Todo'; dependencies = @('B') }
            @{ id = 'B'; name = 'B'; status = 'Todo'; dependencies = @('A', 'nowhere') }
        )
        @{ todos = $todos } | ConvertTo-Json -Depth 5 | Set-Content .todo2/state.todo2.json
        $report = Test-TaskGraph
        $report.IsHealthy | Should -BeFalse
        @($report.Cycles).Count | Should -Be 1
        $report.Cycles[0] | Sort-Object | Should -Be @('A', 'B')
        $report.Dangling.TaskId | Should -Be 'B'
        $report.Dangling.Missing | Should -Be 'nowhere'
        Test-TaskGraph -Quiet | Should -BeFalse
        (Test-AgentTask A).Reasons.Code | Should -Contain 'DependencyCycle'
        Get-AgentTask -Ready | Should -BeNullOrEmpty
    }
}
