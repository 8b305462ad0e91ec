BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Test-TaskGraph' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'finds nothing wrong with a healthy graph' {
        $null = New-AgentTask T-1
        $null = New-AgentTask T-2 -DependsOn T-1
        $report = Test-TaskGraph
        $report | Should -BeOfType TaskLocking.GraphReport
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

    It 'lists what another tool wrote and nobody understands, with its place' {
        $todos = @(
            @{ id = 'A'; status = 'shipped' }
            @{ id = 'B'; dependencies = @(@{ depends_on_id = 'A'; type = 'parent-child' }) }
            @{ id = 'C'; dependencies = @(@{ depends_on_id = 'done'; type = 'blocks' }); priority = 0; title = 'Go on' }
            @{ id = 'done'; status = 'closed'; created = '2026-01-01T10:00:00' }
            @{ name = 'none' }
        )
        @{ todos = $todos } | ConvertTo-Json -Depth 6 | Set-Content .todo2/state.todo2.json
        $report = Test-TaskGraph
        $report.IsHealthy | Should -BeFalse
        $found = $report.NotUnderstood | ForEach-Object { "$($_.Kind):$($_.Place)" }
        $found | Should -Be @('Status:1', 'Dependency:2', 'NaiveTime:4', 'NoId:5')
        @($report.NotUnderstood | Where-Object IsError).Count | Should -Be 3
        $ready = Get-AgentTask -Ready
        $ready.Id, $ready.Name, $ready.Priority | Should -Be @('C', 'Go on', 'Critical')
        (Get-AgentTask B).NotUnderstood | Should -BeLike 'dependencies: {*parent-child*}'
        (Test-AgentTask B).Reasons.Code | Should -Be 'NotUnderstood'
        $report | Out-String | Should -Match 'todo 2 \(B\)'
        (Sync-TaskWorkspace).NotUnderstood.Count | Should -Be 4
        $self = Test-TaskWorkspace
        $self.Passed | Should -BeFalse
        $self.IsOnlyNotUnderstood | Should -BeTrue
        ($self.Items | Where-Object Name -EQ Todos).Detail | Should -Match 'todo 5: it has no id'
    }

    It 'names what will never be done, and so does the progress' {
        $todos = @(
            @{ id = 'A'; status = 'Cancelled' }
            @{ id = 'B'; dependencies = @('A') }
            @{ id = 'C'; assignee = @{ type = 'human'; name = 'bob' } }
        )
        @{ todos = $todos } | ConvertTo-Json -Depth 5 | Set-Content .todo2/state.todo2.json
        $stuck = (Test-TaskGraph).Stuck
        $stuck.TaskId | Should -Be @('B', 'C')
        $stuck[0].Reasons | Should -Be 'waits for A, which is Cancelled'
        $stuck[1].Reasons | Should -Be 'is assigned to human:bob, who is none of the agents'
        (Get-TaskProgress).Stuck.TaskId | Should -Be @('B', 'C')
        Get-TaskProgress | Out-String -Width 200 | Should -Match 'waits for A'
    }
}
