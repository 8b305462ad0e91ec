BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Lock-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = 'T-1', 'T-2', 'T-3' | New-AgentTask
        $other = New-Shell
    }
    AfterEach {
        $other.Runspace.Dispose()
        $other.Dispose()
        Exit-Workspace
    }

    Context 'as a handle' {
        It 'gives one handle for the whole pipeline, in ordinal order' {
            $hold = 'T-2', 'T-1', 'T-2' | Lock-AgentTask -Agent ann
            @($hold).Count | Should -Be 1
            $hold | Should -BeOfType TaskLocking.TaskHold
            $hold.Ids | Should -Be @('T-1', 'T-2')
            $hold.Agent | Should -Be 'ann'
            $hold.IsHeld | Should -BeTrue
        }

        It 'makes others wait and then tells them who holds it' {
            $null = Lock-AgentTask T-1 -Agent ann -Doing surgery
            Invoke-Shell $other 'Set-AgentTask T-1 -Name x -TimeoutSec 0'
            $refused = $other.Streams.Error[0]
            $refused.FullyQualifiedErrorId | Should -Be 'LockTimeout,TaskLocking.PowerShell.SetAgentTaskCommand'
            $refused.CategoryInfo.Category | Should -Be 'OperationTimeout'
            $refused.Exception.Refusal.Holder.Agent | Should -Be 'ann'
            $refused.Exception.Refusal.Holder.Pid | Should -Be $PID
            $refused.Exception.Refusal.Holder.Doing | Should -Be 'surgery'
        }

        It 'does not stand in the way of other tasks, nor of readers' {
            $null = Lock-AgentTask T-1
            Invoke-Shell $other 'Set-AgentTask T-2 -Name x -TimeoutSec 0; Get-AgentTask T-1' | ForEach-Object Id | Should -Be 'T-1'
            $other.Streams.Error | Should -BeNullOrEmpty
        }

        It 'lets its own session through' {
            $null = Lock-AgentTask T-1
            Set-AgentTask T-1 -Name mine -TimeoutSec 0 -ErrorAction Stop
            (Get-AgentTask T-1).Name | Should -Be 'mine'
        }

        It 'frees on Dispose' {
            (Lock-AgentTask T-1).Dispose()
            Invoke-Shell $other 'Set-AgentTask T-1 -Name x -TimeoutSec 0'
            $other.Streams.Error | Should -BeNullOrEmpty
        }

        It 'is registered before the pipeline sees it' {
            $null = 'T-1', 'T-2' | Lock-AgentTask | Select-Object -First 1
            Invoke-Shell $other 'Lock-AgentTask T-1 -TimeoutSec 0'
            $other.Streams.Error[0].FullyQualifiedErrorId | Should -Be 'LockTimeout,TaskLocking.PowerShell.LockAgentTaskCommand'
            Unlock-AgentTask T-1
            Invoke-Shell $other 'Lock-AgentTask T-1 -TimeoutSec 0'
            $other.Streams.Error | Should -BeNullOrEmpty
        }

        It 'refuses a task that the session holds, at once' {
            $null = Lock-AgentTask T-1
            Get-ErrorId { Lock-AgentTask T-1 -TimeoutSec -1 } | Should -Be 'LockRecursion,TaskLocking.PowerShell.LockAgentTaskCommand'
        }

        It 'refuses an earlier task than one that is held, at once' {
            $null = Lock-AgentTask T-2
            Get-ErrorId { Lock-AgentTask T-1 -TimeoutSec -1 } | Should -Be 'LockOrder,TaskLocking.PowerShell.LockAgentTaskCommand'
        }

        It 'refuses a task that is not there and holds none of the others' {
            Get-ErrorId { Lock-AgentTask T-1, none } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.LockAgentTaskCommand'
            Invoke-Shell $other 'Lock-AgentTask T-1 -TimeoutSec 0'
            $other.Streams.Error | Should -BeNullOrEmpty
        }

        It 'locks nothing with -WhatIf' {
            Lock-AgentTask T-1 -WhatIf | Should -BeNullOrEmpty
            Invoke-Shell $other 'Lock-AgentTask T-1 -TimeoutSec 0'
            $other.Streams.Error | Should -BeNullOrEmpty
        }

        It 'tells the wait with -Verbose' {
            $messages = Lock-AgentTask T-1 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            "$messages" | Should -Match 'Locked T-1 after [\d.]+ ms'
        }
    }

    Context 'with a block' {
        It 'runs it under the lock and frees it afterwards' {
            $codes = Lock-AgentTask T-1 {
                Invoke-Shell $other 'Lock-AgentTask T-1 -TimeoutSec 0'
                $other.Streams.Error[0].FullyQualifiedErrorId
            }
            $codes | Should -Be 'LockTimeout,TaskLocking.PowerShell.LockAgentTaskCommand'
            Invoke-Shell $other 'Lock-AgentTask T-1 -TimeoutSec 0'
            $other.Streams.Error | Should -BeNullOrEmpty
        }

        It 'runs in the scope of the caller' {
            $seen = 1
            Lock-AgentTask T-1 { $seen = 2 }
            $seen | Should -Be 2
        }

        It 'streams output as it comes' {
            $order = [System.Collections.Generic.List[string]]::new()
            Lock-AgentTask T-1 { 1; $order.Add('block went on') } | ForEach-Object { $order.Add("saw $_") }
            $order | Should -Be @('saw 1', 'block went on')
        }

        It 'puts errors of the block where they belong and goes on' {
            $ErrorActionPreference = 'Continue'
            $out, $errors = (& { Lock-AgentTask T-1 { Write-Error -Message no -ErrorId Mine; 'after' } } 2>&1).Where({ $_ -is [string] }, 'Split')
            $out | Should -Be 'after'
            $errors.FullyQualifiedErrorId | Should -Match '^Mine'
            Lock-AgentTask T-1 { Write-Warning hm; Write-Verbose so -Verbose } 3>&1 4>&1 | ForEach-Object { "$_" } | Should -Be @('hm', 'so')
            Get-ErrorId { Lock-AgentTask T-1 { Write-Error -Message no -ErrorId Mine } } | Should -Match '^Mine'
        }

        It 'frees when the block throws, and the error is the caller''s' {
            { Lock-AgentTask T-1 { throw 'broken' } } | Should -Throw 'broken'
            Invoke-Shell $other 'Lock-AgentTask T-1 -TimeoutSec 0'
            $other.Streams.Error | Should -BeNullOrEmpty
        }

        It 'frees when the block leaves a loop' {
            foreach ($n in 1..2) {
                Lock-AgentTask T-1 { break }
            }
            $n | Should -Be 1
            Invoke-Shell $other 'Lock-AgentTask T-1 -TimeoutSec 0'
            $other.Streams.Error | Should -BeNullOrEmpty
        }

        It 'frees when the pipeline has enough' {
            Lock-AgentTask T-1 { 1; 2 } | Select-Object -First 1 | Should -Be 1
            Invoke-Shell $other 'Lock-AgentTask T-1 -TimeoutSec 0'
            $other.Streams.Error | Should -BeNullOrEmpty
        }

        It 'takes the block by name from piped ids' {
            Get-AgentTask T-1, T-2 | Lock-AgentTask -ScriptBlock { 'ran' } | Should -Be 'ran'
        }

        It 'runs no block with -WhatIf' {
            $ran = $false
            Lock-AgentTask T-1 { $ran = $true } -WhatIf
            $ran | Should -BeFalse
        }

        It 'runs no block when a task is not there' {
            $ran = $false
            Get-ErrorId { Lock-AgentTask none { $ran = $true } } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.LockAgentTaskCommand'
            $ran | Should -BeFalse
        }
    }

    Context 'when its owner goes' {
        It 'frees when the runspace closes' {
            Invoke-Shell $other 'Lock-AgentTask T-1'
            Get-ErrorId { Lock-AgentTask T-1 -TimeoutSec 0 } | Should -Be 'LockTimeout,TaskLocking.PowerShell.LockAgentTaskCommand'
            $other.Runspace.Close()
            Lock-AgentTask T-1 -TimeoutSec 0 -ErrorAction Stop | ForEach-Object IsHeld | Should -BeTrue
        }

        It 'frees when the module is removed' {
            Invoke-Shell $other 'Lock-AgentTask T-1; Remove-Module TaskLocking'
            Lock-AgentTask T-1 -TimeoutSec 0 -ErrorAction Stop | ForEach-Object IsHeld | Should -BeTrue
        }

        It 'frees when the module is imported anew' {
            Invoke-Shell $other "Lock-AgentTask T-1; Import-Module '$ManifestPath' -Force"
            $other.Streams.Error | Should -BeNullOrEmpty
            Lock-AgentTask T-1 -TimeoutSec 0 -ErrorAction Stop | ForEach-Object IsHeld | Should -BeTrue
        }

        It 'ends a wait at once when the pipeline is stopped, and leaves nothing locked' {
            $null = Lock-AgentTask T-2
            $waiting = $other.AddScript('Lock-AgentTask T-1, T-2 -TimeoutSec -1').BeginInvoke()
            Wait-FirstItem $other.Streams.Progress
            $other.Stop()
            { $other.EndInvoke($waiting) } | Should -Throw
            $other.InvocationStateInfo.State | Should -Be 'Stopped'
            Unlock-AgentTask T-2
            (Lock-AgentTask T-1, T-2 -TimeoutSec 0).IsHeld | Should -BeTrue
        }

        It 'frees when the pipeline is stopped inside a block' {
            $none = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $none.Complete()
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $running = $other.AddScript('Lock-AgentTask T-1 { "inside"; Wait-Event never }').BeginInvoke($none, $output)
            Wait-FirstItem $output
            Get-ErrorId { Lock-AgentTask T-1 -TimeoutSec 0 } | Should -Be 'LockTimeout,TaskLocking.PowerShell.LockAgentTaskCommand'
            $other.Stop()
            { $other.EndInvoke($running) } | Should -Throw
            (Lock-AgentTask T-1 -TimeoutSec 0).IsHeld | Should -BeTrue
        }
    }
}
