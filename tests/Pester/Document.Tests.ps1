BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'A document that others wrote' {
    BeforeEach {
        Enter-Workspace
        $bare = '{"todos":[{"id":"R-1","name":"from git","status":"Todo"}]}'
        Set-Content .todo2/state.todo2.json $bare -NoNewline
        $null = New-AgentTask N-1 -Name one
        $null = Sync-TaskWorkspace
        $document = Join-Path (Get-Location) '.todo2/state.todo2.json'
    }
    AfterEach { Exit-Workspace }

    It 'removes nothing without our mark, and warns once with the ids' {
        $claimed = Request-AgentTask -Agent ann
        $null = Sync-TaskWorkspace
        Set-Content $document $bare -NoNewline
        (Get-AgentTask -WarningVariable seen -WarningAction SilentlyContinue).Id | Should -Be 'R-1', 'N-1'
        $seen | Should -HaveCount 1
        $seen[0].Message | Should -BeLike '*1 task (N-1)*Remove-AgentTask*'
        $null = Set-AgentTask N-1 -Name changed -WarningVariable again -WarningAction SilentlyContinue
        $again | Should -BeNullOrEmpty
        (Get-AgentTask $claimed.Id).Claim.Agent | Should -Be 'ann'
        $null = Sync-TaskWorkspace
        (Get-Content $document -Raw | ConvertFrom-Json).todos.id | Should -Be 'R-1', 'N-1'
    }

    It 'is taken over where it is UTF-16' {
        $text = (Get-Content $document -Raw).Replace('"one"', '"ünï"')
        [IO.File]::WriteAllText($document, $text, [Text.Encoding]::Unicode)
        (Get-AgentTask N-1 -WarningVariable told).Name | Should -Be 'ünï'
        $told | Should -BeNullOrEmpty
    }

    It 'is recovered and told where it is another program''s: <Text>' -TestCases @(
        @{ Text = '{}' }
        @{ Text = '{"todos":null}' }
        @{ Text = '{"version":1,"servers":[]}' }
    ) {
        Set-Content $document $Text -NoNewline
        $null = New-AgentTask N-2 -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -HaveCount 1
        $told[0].Message | Should -BeLike '*was not a Todo2 document*aside*'
        (Get-AgentTask).Id | Should -Be 'R-1', 'N-1', 'N-2'
    }

    It 'stops no change while another program writes it; every command says so, and a sync ends with DocumentNotPublished' {
        $text = [IO.File]::ReadAllBytes($document)
        $writer = [IO.File]::Open($document, 'Truncate', 'Write', 'ReadWrite, Delete')
        try {
            { Sync-TaskWorkspace -TimeoutSec 0 -ErrorAction Stop -WarningVariable script:told -WarningAction SilentlyContinue } |
                Should -Throw -ErrorId 'DocumentNotPublished,TaskLocking.PowerShell.SyncTaskWorkspaceCommand'
            $script:told | Should -BeNullOrEmpty
            foreach ($name in 'x', 'y') {
                Set-AgentTask N-1 -Name $name -WarningVariable warned -WarningAction SilentlyContinue
                $warned | Should -HaveCount 1
                $warned[0].Message | Should -BeLike 'Others see an old document*'
            }
            $writer.Write($text, 0, $text.Length)
        }
        finally { $writer.Dispose() }
        $null = Sync-TaskWorkspace -WarningVariable after
        $after | Should -BeNullOrEmpty
        (Get-Content $document -Raw | ConvertFrom-Json).todos[1].name | Should -Be 'y'
    }
}
