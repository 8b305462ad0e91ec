BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Unregister-Agent' {
    BeforeEach {
        Enter-Workspace
        $null = 'ann', 'bob' | Register-Agent
        $null = New-AgentTask T-1 -File a
    }
    AfterEach { Exit-Workspace }

    It 'takes agents out' {
        Unregister-Agent ann | Should -BeNullOrEmpty
        (Get-Agent).Name | Should -Be 'bob'
        (Get-Agent | Unregister-Agent -PassThru).Name | Should -Be 'bob'
        Get-Agent | Should -BeNullOrEmpty
    }

    It 'refuses one that has tasks and lists them, unless forced' {
        $null = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
        Get-ErrorId { Unregister-Agent ann } | Should -Be 'AgentHasTasks,TaskLocking.PowerShell.UnregisterAgentCommand'
        (Get-Refusal { Unregister-Agent ann }).Ids | Should -Be 'T-1'
        Unregister-Agent ann -Force
        $task = Get-AgentTask T-1
        $task.Status | Should -Be 'Todo'
        $task.Claim | Should -BeNullOrEmpty
        Get-AgentFileLock | Should -BeNullOrEmpty
    }

    It 'refuses one that is not registered, and goes on' {
        'none', 'ann' | Unregister-Agent -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[0].FullyQualifiedErrorId | Should -Be 'AgentNotFound,TaskLocking.PowerShell.UnregisterAgentCommand'
        (Get-Agent).Name | Should -Be 'bob'
    }

    It 'takes nobody out with -WhatIf' {
        Unregister-Agent ann -WhatIf
        @(Get-Agent).Count | Should -Be 2
    }
}
