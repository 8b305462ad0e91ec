BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Get-AgentWork' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'tells who does what, and what somebody has to see to' {
        $worker = Start-Shell '$null = [Console]::In.ReadToEnd()'
        $null = New-AgentTask works, gone, fails -Swarm s
        $null = New-AgentTask held -DependsOn fails
        $null = New-AgentTask vain -DependsOn nowhere -WarningAction Ignore
        $null = New-AgentTask ready
        Grant-TaskAssignment works ann
        Grant-TaskAssignment gone, fails bob
        $null = Start-AgentTask works -Agent ann
        $null = Start-AgentTask gone -Agent bob -ProcessId $worker.Id
        $null = Start-AgentTask fails -Agent bob
        $null = Submit-TaskFailure fails -Agent bob -Reason 'no branch'
        $worker.Kill()
        $worker.WaitForExit()
        $work = Get-AgentWork
        $work | ForEach-Object { "$($_.State) $($_.TaskId) $($_.Agent) $($_.Why)" } | Should -Be @(
            'Working works agent:ann ', "Gone gone agent:bob process $($worker.Id) on $([Environment]::MachineName) is gone"
            'Stuck vain  waits for nowhere, which is no task', 'Blocked held  fails failed', 'Failed fails agent:bob no branch')
        $work[0].IsAlive | Should -BeTrue
        $work[0].LeaseLeft.TotalHours | Should -BeGreaterThan 3
        $work[1].IsAlive | Should -BeFalse
        (Get-AgentWork s).TaskId | Should -Be 'works', 'gone', 'fails'
        (Get-AgentWork -State Stuck, Blocked).TaskId | Should -Be 'vain', 'held'
        (Get-AgentWork -State Gone | Get-AgentTask).Id | Should -Be 'gone'
        $text = $work | Out-String -Width 80
        $text | Should -Match 'State\s+TaskId\s+Agent\s+Since\s+Left\s+Lives\s+Why'
        $text | Should -Match 'Working\s+works\s+agent:ann\s+\d\d-\d\d \d\d:\d\d:\d\d\s+3h\s+True'
    }

    It 'follows as long as somebody works' {
        $null = New-AgentTask T-1
        $null = Request-AgentTask -Agent ann -Start
        $shell = New-Shell
        $null = $shell.AddScript('Get-AgentWork -Watch')
        $running = $shell.BeginInvoke()
        Wait-FirstItem $shell.Streams.Progress
        $shell.Streams.Progress[0].Activity | Should -Be 'agent:ann T-1'
        Submit-TaskFailure T-1 -Agent ann -Reason 'no'
        $shell.EndInvoke($running).State | Should -Be 'Failed'
        $shell.Dispose()
    }
}
