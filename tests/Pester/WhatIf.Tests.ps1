BeforeDiscovery {
    $refused = @(
        @{ Id = 'TaskAlreadyDefined'; Cmdlet = 'NewAgentTask'; Block = { New-AgentTask T-1 -WhatIf } }
        @{ Id = 'TaskNotFound'; Cmdlet = 'SetAgentTask'; Block = { Set-AgentTask none -Name x -WhatIf } }
        @{ Id = 'DependencyCycle'; Cmdlet = 'SetAgentTask'; Block = { Set-AgentTask T-1 -DependsOn T-2 -WhatIf } }
        @{ Id = 'DependencyCycle'; Cmdlet = 'AddTaskDependency'; Block = { Add-TaskDependency T-1 T-2 -WhatIf } }
        @{ Id = 'TaskHasDependents'; Cmdlet = 'RemoveAgentTask'; Block = { Remove-AgentTask T-1 -WhatIf } }
        @{ Id = 'TaskAlreadyAssigned'; Cmdlet = 'GrantTaskAssignment'; Block = { Grant-TaskAssignment T-3 bob -WhatIf } }
        @{ Id = 'NotOwner'; Cmdlet = 'RevokeTaskAssignment'; Block = { Revoke-TaskAssignment T-3 bob -WhatIf } }
        @{ Id = 'NotOwner'; Cmdlet = 'StartAgentTask'; Block = { Start-AgentTask T-3 -Agent bob -WhatIf } }
        @{ Id = 'TaskNotReady'; Cmdlet = 'StartAgentTask'; Block = { Start-AgentTask T-4 -Agent ann -WhatIf } }
        @{ Id = 'StatusConflict'; Cmdlet = 'CompleteAgentTask'; Block = { Complete-AgentTask T-3 -Agent ann -WhatIf } }
        @{ Id = 'StatusConflict'; Cmdlet = 'DenyAgentTask'; Block = { Deny-AgentTask T-3 r -WhatIf } }
        @{ Id = 'FileLocked'; Cmdlet = 'LockAgentFile'; Block = { Lock-AgentFile a -Agent bob -WhatIf } }
        @{ Id = 'TaskNotFound'; Cmdlet = 'LockAgentTask'; Block = { Lock-AgentTask none -WhatIf } }
        @{ Id = 'AgentNotFound'; Cmdlet = 'UnregisterAgent'; Block = { Unregister-Agent nobody -WhatIf } }
    )
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"

    # What is told on the host: only another PowerShell's can be read.
    function Get-Told([string] $Script) { Wait-Shell (Start-Shell $Script) }
}

Describe '-WhatIf' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1
        $null = New-AgentTask T-2 -DependsOn T-1
        $null = New-AgentTask T-3 -Priority Low
        $null = New-AgentTask T-4 -DependsOn T-1
        Grant-TaskAssignment T-3, T-4 ann
        $null = Lock-AgentFile a -Agent ann
        $before = Get-AgentTask | ConvertTo-Json -Depth 4
    }
    AfterEach { Exit-Workspace }

    It 'tells the refusal that would come: <Cmdlet>, <Id>' -TestCases $refused {
        param($Block, $Cmdlet, $Id)
        Get-ErrorId $Block | Should -Be "$Id,TaskLocking.PowerShell.${Cmdlet}Command"
        Get-AgentTask | ConvertTo-Json -Depth 4 | Should -Be $before
    }

    It 'writes nothing, and tells what would be done' {
        $output = @(
            New-AgentTask T-9 -WhatIf
            Set-AgentTask T-1 -Name x -PassThru -WhatIf
            Grant-TaskAssignment T-1 ann -SkipConflict -WhatIf
            Lock-AgentFile b -Agent ann -WhatIf
            Start-AgentTask T-3 -Agent ann -WhatIf
            Request-AgentTask -Agent bob -WhatIf
            Register-Agent zoe -WhatIf
        )
        $output | Should -BeNullOrEmpty
        Get-AgentTask | ConvertTo-Json -Depth 4 | Should -Be $before
        @(Get-AgentFileLock).Count | Should -Be 1
        @(Get-Agent).Count | Should -Be 0
        Get-Told 'Set-AgentTask T-1 -Name x -WhatIf' | Should -BeLike 'What if:*T-1*'
    }

    It 'names the task that would be claimed, or says that there is none' {
        Get-Told 'Request-AgentTask -Agent bob -WhatIf' | Should -BeLike 'What if:*Claim task*T-1 for bob*'
        Get-Told 'Request-AgentTask -Agent ann -Count 2 -WhatIf' | Should -Match '(?s)T-1 for ann.*T-3 for ann'
        Get-Told 'Request-AgentTask -Agent bob -Tag none -WhatIf' | Should -BeLike 'What if: Nothing would be claimed for bob*'
    }

    It 'does not wait for a lock' {
        $path = Join-Path (Get-Location).ProviderPath .todo2/state.todo2.json.lock
        $shell = Start-Shell "`$held = [IO.File]::Open('$path', 'Open', 'ReadWrite', 'None'); 'locked'; `$null = [Console]::In.ReadLine(); `$held.Dispose()"
        $shell.StandardOutput.ReadLine() | Should -Be 'locked'
        try {
            Set-AgentTask T-1 -Name x -WhatIf -TimeoutSec 0
            Get-ErrorId { Set-AgentTask none -Name x -WhatIf -TimeoutSec 0 } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.SetAgentTaskCommand'
        }
        finally { $null = Wait-Shell $shell }
    }
}

Describe 'An error' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1, T-2
        Grant-TaskAssignment T-1, T-2 ann
    }
    AfterEach { Exit-Workspace }

    It 'of several tasks names its own' {
        $refused = $null
        Grant-TaskAssignment T-1, T-2 bob -ErrorVariable refused -ErrorAction SilentlyContinue
        "$($refused[0])" | Should -Be 'Task already assigned to agent:ann (T-1)'
        "$($refused[1])" | Should -Be 'Task already assigned to agent:ann (T-2)'
        $refused[0].Exception.Refusal.ExistingAssignee.Name | Should -Be 'ann'
        $refused[0].Exception.Refusal.TaskId | Should -Be 'T-1'
    }

    It 'says what to do in words of PowerShell: <Text>' -TestCases @(
        @{ Text = 'assigned'; Block = { Grant-TaskAssignment T-1 bob }; Expected = 'Get-TaskAssignment T-1*' }
        @{ Text = 'not there'; Block = { Set-AgentTask none -Name x }; Expected = 'Get-AgentTask' }
        @{ Text = 'not ready'; Block = { Start-AgentTask T-3 -Agent ann }; Expected = 'Test-AgentTask T-3' }
        @{ Text = 'a status'; Block = { Complete-AgentTask T-1 -Agent ann }; Expected = 'Get-AgentTask T-1*Restart-AgentTask*' }
        @{ Text = 'a strange id'; Block = { New-AgentTask "it's" }; Expected = "Get-AgentTask 'it''s'*" }
    ) {
        param($Block, $Expected)
        $null = New-AgentTask T-3 -DependsOn T-1
        $null = New-AgentTask "it's"
        Grant-TaskAssignment T-3 ann
        $ErrorActionPreference = 'Continue'
        $refused = & $Block 2>&1 | Select-Object -First 1
        $refused.ErrorDetails.RecommendedAction | Should -BeLike $Expected
        "$refused" | Should -Be $refused.Exception.Message
    }

    It 'has a command that exists for each code' {
        $advised = foreach ($code in [enum]::GetValues([TaskLocking.RefusalCode])) {
            $type = [AppDomain]::CurrentDomain.GetAssemblies().ForEach({ $_.GetType('TaskLocking.PowerShell.Abstractions.RecommendedAction') }).Where({ $_ })[0]
            $type.GetMethod('For').Invoke($null, @([TaskLocking.Refusal]::new($code, 'm', 'T-1', '/x', 'ann', [string[]]('A', 'B'))))
        }
        $named = [regex]::Matches(($advised -join "`n"), '\b[A-Z][a-z]+-[A-Z]\w+').Value | Where-Object { $_ -ne 'Format-List' } | Sort-Object -Unique
        $named.Count | Should -BeGreaterThan 15
        $named | Where-Object { -not (Get-Command $_ -Module TaskLocking -ErrorAction Ignore) } | Should -BeNullOrEmpty
    }
}
