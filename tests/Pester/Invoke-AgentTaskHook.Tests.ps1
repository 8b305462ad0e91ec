BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Invoke-AgentTaskHook' {
    BeforeEach {
        Enter-Workspace
        $other = New-Shell
        # Follows in another runspace, and says when it does: what comes before it follows is none of its business.
        function Start-Following([string] $Script) {
            $null = $other.AddScript($Script)
            $script:running = $other.BeginInvoke()
            Wait-FirstItem $other.Streams.Verbose -Like 'Following*'
        }
    }
    AfterEach {
        $other.Runspace.Dispose()
        $other.Dispose()
        Exit-Workspace
    }

    It 'runs the block for what fails, waits for approval, gets stuck and is done' {
        $null = New-AgentTask f -MaxAttempt 1 -Swarm s
        $null = New-AgentTask r -NeedsReview -Swarm s
        $null = New-AgentTask after -DependsOn f
        $null = New-AgentTask d -Swarm small
        Start-Following 'Invoke-AgentTaskHook { "$($_.Kind) $($_.TaskId) $($_.Swarm)" } -Count 4 -TimeoutSec 120 -Verbose'
        foreach ($id in 'd', 'r', 'f') {
            $null = Request-AgentTask -Agent a -Start
        }
        Complete-AgentTask d -Agent a
        Complete-AgentTask r -Agent a
        Submit-TaskFailure f -Agent a -Reason 'no luck'
        $seen = $other.EndInvoke($running)
        $seen | Sort-Object | Should -Be @('Failed f s', 'Review r s', 'Stuck after ', 'SwarmDone  small')
    }

    It 'tells what the block throws, and goes on; runs for the events that are named' {
        $null = 'a', 'b' | New-AgentTask -Swarm s
        Start-Following 'Invoke-AgentTaskHook -Event Review { if ($_.TaskId -eq "a") { throw "broken" }; $_.TaskId } -Count 2 -TimeoutSec 120 -Verbose'
        Set-AgentTask a -Status Review
        Set-AgentTask b -Status Review
        $other.EndInvoke($running) | Should -Be 'b'
        $other.Streams.Error[0].Exception.Message | Should -Be 'broken'
    }

    It 'gives objects that know their workspace and that nobody can change, and ends when the time is over' {
        Invoke-AgentTaskHook { } -TimeoutSec 0 | Should -BeNullOrEmpty
        $null = New-AgentTask a -Swarm s
        Start-Following 'Invoke-AgentTaskHook { $_ } -Count 1 -TimeoutSec 120 -Verbose'
        Set-AgentTask a -Status Done
        $told = $other.EndInvoke($running)[0]
        $told.Workspace | Should -Be (Get-AgentTask a).Workspace
        $told.Kind | Should -Be 'SwarmDone'
        { $told.Swarm = 'x' } | Should -Throw
    }
}
