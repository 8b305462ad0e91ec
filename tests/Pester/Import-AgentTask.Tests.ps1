BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Import-AgentTask and Export-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -Swarm s -Tag x
        $null = New-AgentTask T-2 -DependsOn T-1
        $null = New-Item other/.todo2 -ItemType Directory
        $Other = (Resolve-Path other).ProviderPath
    }
    AfterEach { Exit-Workspace }

    It 'takes what was exported, by a file and by the pipeline, and again it is the same' {
        Export-AgentTask plan.jsonl | Should -BeNullOrEmpty
        $report = Import-AgentTask plan.jsonl -Workspace $Other
        $report.Added | Should -Be @('T-1', 'T-2')
        $report.Workspace | Should -Be $Other
        (Get-AgentTask T-1 -Workspace $Other).Swarm | Should -Be 's'
        (Export-AgentTask | Import-AgentTask -Workspace $Other).Unchanged | Should -Be @('T-1', 'T-2')
        (Get-Item plan.jsonl | Import-AgentTask -Workspace $Other).Unchanged | Should -Be @('T-1', 'T-2')
        @(Export-AgentTask -Swarm s -Status Todo -Tag x).Count | Should -Be 1
    }

    It 'does all or nothing, and tells all that is wrong' {
        Get-ErrorId { '{"id":"A","dependencies":["none"]}', '{"id":"T-1","name":"other"}' | Import-AgentTask } | Should -Be @(
            'TaskAlreadyDefined,TaskLocking.PowerShell.ImportAgentTaskCommand', 'TaskNotFound,TaskLocking.PowerShell.ImportAgentTaskCommand')
        Get-AgentTask A -ErrorAction Ignore | Should -BeNullOrEmpty
        $report = '{"id":"A","dependencies":["none"]}', '{"id":"T-1","name":"other"}' | Import-AgentTask -Update -AllowMissing -Swarm t
        $report.Added, $report.Changed | Should -Be @('A', 'T-1')
        @($report.Remarks).Count | Should -Be 1
        (Get-AgentTask A).Swarm | Should -Be 't'
    }

    It 'reads what other tools wrote' {
        Set-Content tasks.md "## Phase 1`n- [x] T001 One`n- [ ] T002 Two"
        (Import-AgentTask tasks.md -Format SpecKit).Added | Should -Be @('T001', 'T002')
        (Get-AgentTask T002).Dependencies | Should -Be 'T001'
        Get-ErrorId { Import-AgentTask none.jsonl } | Should -Be 'PathNotFound,TaskLocking.PowerShell.ImportAgentTaskCommand'
    }

    It 'changes nothing with -WhatIf' {
        ('{"id":"A"}' | Import-AgentTask -WhatIf).Added | Should -Be 'A'
        Get-AgentTask A -ErrorAction Ignore | Should -BeNullOrEmpty
        Export-AgentTask new.jsonl -WhatIf
        Test-Path new.jsonl | Should -BeFalse
    }
}
