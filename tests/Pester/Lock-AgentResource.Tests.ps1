BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Lock-AgentResource' {
    BeforeEach {
        Enter-Workspace
        $other = New-Shell
    }
    AfterEach {
        $other.Runspace.Dispose()
        $other.Dispose()
        Exit-Workspace
    }

    It 'gives one handle for the whole pipeline, and frees it with Dispose' {
        $hold = 'gpu', 'disk' | Lock-AgentResource -Limit 2 -Agent ann
        @($hold).Count | Should -Be 1
        $hold | Should -BeOfType TaskLocking.TaskHold
        $hold.Resources.Name | Should -Be @('disk', 'gpu')
        $hold.Resources.Limit | Should -Be @(2, 2)
        $hold | Out-String | Should -Match '\{disk \(limit 2\), gpu \(limit 2\)\}\s+ann'
        $hold.Dispose()
        Get-AgentResource | Should -BeNullOrEmpty
    }

    It 'lets in as many as the limit says, and tells the next who they are' {
        $null = Lock-AgentResource gpu -Limit 2 -Agent ann -Doing training
        Invoke-Shell $other 'Lock-AgentResource gpu -Limit 2 -Agent bob'
        $other.Streams.Error | Should -BeNullOrEmpty
        $third = New-Shell
        try {
            Invoke-Shell $third 'Lock-AgentResource gpu -Limit 2 -TimeoutSec 0'
            $refused = $third.Streams.Error[0]
            $refused.FullyQualifiedErrorId | Should -Be 'LockTimeout,TaskLocking.PowerShell.LockAgentResourceCommand'
            $refused.CategoryInfo.TargetName | Should -Be 'gpu'
            $refused.Exception.Message | Should -BeLike '*resource gpu (limit 2) is held by*ann*bob*'
            $refused.ErrorDetails.RecommendedAction | Should -BeLike 'Get-AgentResource gpu*'
        }
        finally {
            $third.Runspace.Dispose()
            $third.Dispose()
        }
        (Get-AgentResource g*).Agent | Should -Be @('ann', 'bob')
        (Get-AgentResource gpu)[0].Doing | Should -Be 'training'
    }

    It 'keeps everybody else out without a limit' {
        $null = Lock-AgentResource gpu
        Invoke-Shell $other 'Lock-AgentResource gpu -Limit 5 -TimeoutSec 0'
        $other.Streams.Error[0].FullyQualifiedErrorId | Should -Be 'LockTimeout,TaskLocking.PowerShell.LockAgentResourceCommand'
    }

    It 'runs a block under it, in the scope of the caller, and frees it however that ends' {
        $seen = Lock-AgentResource gpu -Limit 2 { $inside = 1; (Get-AgentResource).Name }
        $seen | Should -Be 'gpu'
        $inside | Should -Be 1
        { Lock-AgentResource gpu { throw 'broken' } } | Should -Throw 'broken'
        Lock-AgentResource gpu { 1; 2 } | Select-Object -First 1 | Should -Be 1
        Get-AgentResource | Should -BeNullOrEmpty
    }

    It 'frees when its runspace closes' {
        Invoke-Shell $other 'Lock-AgentResource gpu'
        Get-ErrorId { Lock-AgentResource gpu -TimeoutSec 0 } | Should -Be 'LockTimeout,TaskLocking.PowerShell.LockAgentResourceCommand'
        $other.Runspace.Close()
        (Lock-AgentResource gpu -TimeoutSec 0).IsHeld | Should -BeTrue
    }

    It 'refuses at once what could not be waited for' {
        $null = New-AgentTask T-1
        $null = Lock-AgentResource gpu -Limit 3
        Get-ErrorId { Lock-AgentResource gpu -Limit 3 -TimeoutSec -1 } | Should -Be 'LockRecursion,TaskLocking.PowerShell.LockAgentResourceCommand'
        Get-ErrorId { Lock-AgentResource disk -TimeoutSec -1 } | Should -Be 'LockOrder,TaskLocking.PowerShell.LockAgentResourceCommand'
        Get-ErrorId { Lock-AgentTask T-1 -TimeoutSec -1 } | Should -Be 'LockOrder,TaskLocking.PowerShell.LockAgentTaskCommand'
        Unlock-AgentResource gpu
        Lock-AgentTask T-1 { Lock-AgentResource gpu { 'both' } } | Should -Be 'both'
    }

    It 'refuses what is no name or no limit, with -WhatIf too, which locks nothing and runs no block' {
        Get-ErrorId { Lock-AgentResource ' gpu' } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.LockAgentResourceCommand'
        Get-ErrorId { Lock-AgentResource ' gpu' -WhatIf } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.LockAgentResourceCommand'
        Get-ErrorId { Lock-AgentResource gpu -Limit 0 } | Should -Be 'ParameterArgumentValidationError,TaskLocking.PowerShell.LockAgentResourceCommand'
        Lock-AgentResource gpu -WhatIf { throw 'ran' } | Should -BeNullOrEmpty
        Get-AgentResource | Should -BeNullOrEmpty
    }
}

Describe 'Unlock-AgentResource' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'lets go by name, by handle and of all, and leaves tasks alone' {
        $null = New-AgentTask T-1
        $task = Lock-AgentTask T-1
        $hold = Lock-AgentResource gpu, net
        Unlock-AgentResource gpu
        $hold.IsHeld | Should -BeFalse
        $hold = Lock-AgentResource gpu
        $hold | Unlock-AgentResource -WhatIf
        $hold.IsHeld | Should -BeTrue
        $hold | Unlock-AgentResource
        $hold | Unlock-AgentResource
        $null = Lock-AgentResource a
        $null = Lock-AgentResource b
        Get-AgentResource a | Unlock-AgentResource
        (Get-AgentResource).Name | Should -Be 'b'
        Unlock-AgentResource -All
        Get-AgentResource | Should -BeNullOrEmpty
        $task.IsHeld | Should -BeTrue
    }

    It 'says that the session does not hold it, and goes on' {
        $hold = Lock-AgentResource b
        Get-ErrorId { Unlock-AgentResource } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.UnlockAgentResourceCommand'
        Get-ErrorId { 'a', 'b' | Unlock-AgentResource } | Should -Be 'NotOwner,TaskLocking.PowerShell.UnlockAgentResourceCommand'
        $hold.IsHeld | Should -BeFalse
    }
}
