BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Approve-TaskWorkspace' {
    BeforeEach {
        Enter-Workspace
        New-AgentTask T-1
        $settings = $env:XDG_CONFIG_HOME
        $env:XDG_CONFIG_HOME = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    }
    AfterEach {
        $env:XDG_CONFIG_HOME = $settings
        Exit-Workspace
    }

    It 'says of an own store that it needs no trust' {
        $answer = Approve-TaskWorkspace .
        $answer | Should -BeOfType TaskLocking.TrustedWorkspace
        $answer.IsOurs | Should -BeTrue
        $answer.Workspace | Should -Be (Get-Location).ProviderPath
    }

    It 'refuses a folder without a store' {
        $null = New-Item empty -ItemType Directory
        Get-ErrorId { Approve-TaskWorkspace empty } | Should -Be 'PathNotFound,TaskLocking.PowerShell.ApproveTaskWorkspaceCommand'
    }

    It 'changes nothing with -WhatIf' {
        Approve-TaskWorkspace . -WhatIf | Should -BeNullOrEmpty
        Test-Path $env:XDG_CONFIG_HOME | Should -BeFalse
    }

    It 'takes the workspace from the pipeline by its name' {
        ([pscustomobject]@{ Workspace = (Get-Location).ProviderPath } | Approve-TaskWorkspace).IsTrusted | Should -BeTrue
    }

    Context 'with the store of another user' -Skip:(-not ($IsLinux -and (id -u) -eq 0)) {
        BeforeEach { chown -R 65534 .todo2 }
        AfterEach { chown -R 0 .todo2 }

        It 'is the remedy of UntrustedStore' {
            Get-ErrorId { New-AgentTask T-2 } | Should -Be 'UntrustedStore,TaskLocking.PowerShell.NewAgentTaskCommand'
            (Get-Refusal { Get-AgentTask }).Path | Should -Match '\.todo2$'
            $answer = Approve-TaskWorkspace .
            $answer.IsOurs, $answer.IsTrusted, $answer.IsChanged | Should -Be $false, $true, $true
            $answer.Owner | Should -Match '65534'
            (Approve-TaskWorkspace .).IsChanged | Should -BeFalse
            (Get-AgentTask).Id | Should -Be 'T-1'
            (Approve-TaskWorkspace . -Remove).IsTrusted | Should -BeFalse
            Get-ErrorId { Get-AgentTask } | Should -Be 'UntrustedStore,TaskLocking.PowerShell.GetAgentTaskCommand'
        }

        It 'is not needed where the workspace is named' {
            (Get-AgentTask -Workspace .).Id | Should -Be 'T-1'
        }
    }
}

Describe 'A store with strange things in it' {
    BeforeEach {
        Enter-Workspace
        New-AgentTask T-1, T-2
        $null = New-Item victim -ItemType File -Value precious
    }
    AfterEach { Exit-Workspace }

    It 'follows no link at <_>' -Skip:(-not $IsLinux) -ForEach '.todo2/state.todo2.json.lock', '.todo2/journal/0000000001.jsonl' {
        Remove-Module TaskLocking
        Import-Module $ManifestPath
        Remove-Item $_
        $null = New-Item $_ -ItemType SymbolicLink -Target (Join-Path (Get-Location).ProviderPath victim)
        Get-ErrorId { New-AgentTask T-3 } | Should -Be 'UnsafeFile,TaskLocking.PowerShell.NewAgentTaskCommand'
        Get-Content victim -Raw | Should -Be 'precious'
    }

    It 'goes on without what only helps: <_>' -Skip:(-not $IsLinux) -ForEach '.todo2/journal/published', '.todo2/metrics.jsonl', '.todo2/.gitignore' {
        Remove-Module TaskLocking
        Import-Module $ManifestPath
        Remove-Item $_ -Force -ErrorAction Ignore
        $null = New-Item $_ -ItemType SymbolicLink -Target (Join-Path (Get-Location).ProviderPath victim)
        New-AgentTask T-3
        Remove-Module TaskLocking
        Import-Module $ManifestPath
        Get-Content victim -Raw | Should -Be 'precious'
    }

    It 'passes over a task whose lock cannot be used, and warns' -Skip:(-not $IsLinux) {
        $null = New-Item .todo2/locks -ItemType Directory -Force
        mkfifo .todo2/locks/task_T-1.lock
        $warned = $null
        (Request-AgentTask -Agent a -WarningVariable warned -WarningAction SilentlyContinue).Id | Should -Be 'T-2'
        "$warned" | Should -Match 'T-1 is passed over'
        Get-ErrorId { Set-AgentTask T-1 -Name x } | Should -Be 'UnsafeFile,TaskLocking.PowerShell.SetAgentTaskCommand'
    }
}
