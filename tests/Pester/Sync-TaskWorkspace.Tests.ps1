BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Sync-TaskWorkspace' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -Name one
    }
    AfterEach { Exit-Workspace }

    It 'brings the document up to date' {
        $report = Sync-TaskWorkspace
        $report | Should -BeOfType TaskLocking.SyncReport
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

    It 'warns once of a document that had to be put aside, and answers as ever' {
        $null = Sync-TaskWorkspace
        Set-Content .todo2/state.todo2.json 'conflict' -NoNewline
        $null = New-AgentTask T-2 -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -HaveCount 1
        $told[0].Message | Should -BeLike '*aside*'
        $null = New-AgentTask T-3 -WarningVariable again -WarningAction SilentlyContinue
        $again | Should -BeNullOrEmpty
        (Get-AgentTask).Id | Should -Be 'T-1', 'T-2', 'T-3'
    }

    It 'warns although the call is refused as a whole' {
        $null = Sync-TaskWorkspace
        Set-Content .todo2/state.todo2.json 'conflict' -NoNewline
        { Grant-TaskAssignment T-9 -AssigneeName x -WarningVariable script:told -WarningAction SilentlyContinue -ErrorAction Stop } | Should -Throw
        $script:told | Should -HaveCount 1
    }

    It 'does nothing with -WhatIf' {
        Sync-TaskWorkspace -WhatIf | Should -BeNullOrEmpty
    }
}
