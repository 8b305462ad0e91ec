BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Sync-TaskWorkspace' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -Name one
    }
    AfterEach { Exit-Workspace }

    It 'brings the document up to date' {
        $report = Sync-TaskWorkspace
        $report | Should -BeOfType TaskLocking.Storage.SyncReport
        $report.Tasks | Should -Be 1
        (Get-Content .todo2/state.todo2.json -Raw | ConvertFrom-Json).todos.name | Should -Be 'one'
    }

    It 'takes over what another tool wrote' {
        $null = Sync-TaskWorkspace
        $path = '.todo2/state.todo2.json'
        (Get-Content $path -Raw).Replace('"one"', '"from elsewhere"') | Set-Content $path -NoNewline
        (Sync-TaskWorkspace).Adopted | Should -Be 1
        (Get-AgentTask T-1).Name | Should -Be 'from elsewhere'
    }

    It 'does nothing with -WhatIf' {
        Sync-TaskWorkspace -WhatIf | Should -BeNullOrEmpty
    }
}
