BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Watch-AgentTask' {
    BeforeEach { Enter-Workspace; $null = New-AgentTask T-1, T-2 }
    AfterEach { Exit-Workspace }

    It 'tells what was committed, from any version on' {
        Grant-TaskAssignment T-1 ann
        $task = Start-AgentTask T-1 -Agent ann
        Submit-TaskFailure T-1 -Agent ann -Reason 'no branch'
        $all = Watch-AgentTask -All -TimeoutSec 0
        $all.Kind | Should -Be Defined, Assigned, Started, Failed
        $all[0].TaskIds | Should -Be T-1, T-2
        $all[3].TaskId, $all[3].From, $all[3].To, $all[3].Reason, $all[3].Agent | Should -Be T-1, InProgress, Failed, 'no branch', ann
        $all[2].Version | Should -Be $task.Version
        (Watch-AgentTask $all[1].Version -TimeoutSec 0).Version | Should -Be $all[2].Version, $all[3].Version
        (Watch-AgentTask -All -Count 2).Version | Should -Be $all[0].Version, $all[1].Version
        Watch-AgentTask -TimeoutSec 0 | Should -BeNullOrEmpty
        ($all | Format-Table | Out-String) | Should -Match 'Failed +T-1|Failed +\{T-1\}'
    }

    It 'follows what others commit until it is stopped' {
        $shell = New-Shell
        $null = $shell.AddScript('Watch-AgentTask -Verbose')
        $told = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $nothing.Complete()
        $running = $shell.BeginInvoke($nothing, $told)
        $shell.Streams.Verbose.BlockingEnumerator = $true
        foreach ($word in $shell.Streams.Verbose) { if ($word.Message -match 'Following') { break } }
        Remove-AgentTask T-2 -Confirm:$false
        Wait-FirstItem $told
        $told[0].Kind, $told[0].TaskId | Should -Be Removed, T-2
        $shell.Stop()
        { $shell.EndInvoke($running) } | Should -Throw
        $shell.Dispose()
    }

    It 'tells by its error what is wrong: <Id>' -ForEach @(
        @{ Id = 'EventsLost'; Block = { Watch-AgentTask 77 } }
        @{ Id = 'ParameterArgumentValidationError'; Block = { Watch-AgentTask -After -1 } }
        @{ Id = 'AmbiguousParameterSet'; Block = { Watch-AgentTask -After 1 -All } }
    ) {
        Get-ErrorId $Block | Should -Be "$Id,TaskLocking.PowerShell.WatchAgentTaskCommand"
    }
}
