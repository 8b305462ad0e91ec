BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Wait-AgentTask' {
    BeforeEach { Enter-Workspace; $null = New-AgentTask T-1, T-2 }
    AfterEach { Exit-Workspace }

    It 'waits until others have brought all of a pipeline there' {
        $other = Start-Shell '$null = [Console]::In.ReadLine(); "T-1", "T-2" | Set-AgentTask -Status Done'
        $other.StandardInput.WriteLine()
        (Get-AgentTask | Wait-AgentTask).Status | Should -Be 'Done', 'Done'
        $null = Wait-Shell $other
    }

    It 'takes other words, and the first that has come there' {
        Set-AgentTask T-2 -Status Review
        (Wait-AgentTask T-1, T-2 -Any -For Done, Review -ErrorAction Stop).Id | Should -Be 'T-2'
        (Wait-AgentTask T-1 -For Todo).Id | Should -Be 'T-1'
    }

    It 'tells by its error why there is nothing to wait for: <Id>' -ForEach @(
        @{ Id = 'WaitTimeout'; Block = { Wait-AgentTask T-1 -TimeoutSec 0 } }
        @{ Id = 'StatusConflict'; Block = { Set-AgentTask T-1 -Status Cancelled; Wait-AgentTask T-1 } }
        @{ Id = 'TaskNotFound'; Block = { Wait-AgentTask none } }
        @{ Id = 'ParameterArgumentValidationError'; Block = { Wait-AgentTask '' } }
    ) {
        Get-ErrorId $Block | Should -Be "$Id,TaskLocking.PowerShell.WaitAgentTaskCommand"
    }

    It 'ends at once when it is stopped' {
        $shell = New-Shell
        $null = $shell.AddScript('Wait-AgentTask T-1 -Verbose')
        $running = $shell.BeginInvoke()
        Wait-FirstItem $shell.Streams.Verbose
        $shell.Stop()
        { $shell.EndInvoke($running) } | Should -Throw
        $shell.Dispose()
    }
}
