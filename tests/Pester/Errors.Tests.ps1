BeforeDiscovery {
    . "$PSScriptRoot/Setup.ps1"
    $codes = [enum]::GetNames([TaskLocking.Diagnostics.RefusalCode])
}

BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Errors' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It '<_> has a category that PowerShell knows' -ForEach $codes {
        [System.Management.Automation.ErrorCategory] $category = [TaskLocking.Diagnostics.RefusalTable]::Category($_)
        $category | Should -Not -Be 'NotSpecified'
    }

    It 'of one item let the next one go on, and -ErrorAction decides' {
        $null = New-AgentTask T-1
        { 'none', 'T-1' | Set-AgentTask -Name x -ErrorAction Stop } | Should -Throw -ErrorId 'TaskNotFound,TaskLocking.PowerShell.SetAgentTaskCommand'
        'none', 'T-1' | Set-AgentTask -Name y -ErrorAction Ignore
        (Get-AgentTask T-1).Name | Should -Be 'y'
    }

    It 'of the whole call end it' {
        { New-AgentTask T-1 -Workspace ./nowhere } | Should -Throw -ErrorId 'PathNotFound,TaskLocking.PowerShell.NewAgentTaskCommand'
    }

    It 'carry the facts' {
        $null = New-AgentTask T-1
        Set-AgentTask T-1 -Name x
        $refused = $null
        Set-AgentTask T-1 -Name y -IfVersion 1 -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[0].Exception.Refusal.ExpectedVersion | Should -Be 1
        $refused[0].Exception.Refusal.FoundVersion | Should -Be 2
    }

    It 'say that the store folder is in fact a file' {
        Remove-Item .todo2 -Recurse -Force
        Set-Content .todo2 'not a folder'
        Get-ErrorId { New-AgentTask T-1 } | Should -Match '^(PathNotFound|StoreUnavailable),TaskLocking.PowerShell.NewAgentTaskCommand$'
        Get-Content .todo2 | Should -Be 'not a folder'
    }

    It 'say that the state lock is held, and by which process' {
        $null = New-AgentTask T-1
        $path = Join-Path (Get-Location).ProviderPath .todo2/state.todo2.json.lock
        $shell = Start-Shell "`$held = [IO.File]::Open('$path', 'Open', 'ReadWrite', 'None'); 'locked'; `$null = [Console]::In.ReadLine(); `$held.Dispose()"
        $shell.StandardOutput.ReadLine() | Should -Be 'locked'
        $refused = $null
        try { New-AgentTask T-2 -TimeoutSec 0 } catch { $refused = $_ }
        $refused.FullyQualifiedErrorId | Should -Be 'LockTimeout,TaskLocking.PowerShell.NewAgentTaskCommand'
        $null = Wait-Shell $shell
        (New-AgentTask T-2).Id | Should -Be 'T-2'
    }
}
