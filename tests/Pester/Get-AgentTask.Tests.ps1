BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Get-AgentTask -Ready' {
    BeforeAll {
        Enter-Workspace
        $null = New-AgentTask T-1 -Priority Low
        $null = New-AgentTask T-2 -DependsOn T-1
        $null = New-AgentTask T-3 -Priority High -Swarm s -Tag x
        $null = New-AgentTask T-4 -Requires gpu
        $null = New-AgentTask T-5 -AllowAgent bob
        $null = New-AgentTask T-6 -NotBefore (Get-Date).AddHours(1)
        $null = New-AgentTask T-7
        Grant-TaskAssignment T-7 bob
    }
    AfterAll { Exit-Workspace; Remove-Item Env:/TASKLOCKING_AGENT -ErrorAction Ignore }

    It 'gives <Expected> for <Parameters>' -TestCases @(
        @{ Parameters = @{}; Expected = 'T-3', 'T-4', 'T-5', 'T-7', 'T-1' }
        @{ Parameters = @{ Agent = 'ann' }; Expected = 'T-3', 'T-1' }
        @{ Parameters = @{ Agent = 'ann'; Capability = 'gpu' }; Expected = 'T-3', 'T-4', 'T-1' }
        @{ Parameters = @{ Agent = 'bob' }; Expected = 'T-3', 'T-5', 'T-7', 'T-1' }
        @{ Parameters = @{ Swarm = 'S*' }; Expected = @('T-3') }
        @{ Parameters = @{ Swarm = 's' }; Expected = @('T-3') }
        @{ Parameters = @{ Tag = 'x' }; Expected = @('T-3') }
        @{ Parameters = @{ Id = 'T-2', 'T-1' }; Expected = @('T-1') }
    ) {
        param($Parameters, $Expected)
        @(Get-AgentTask -Ready @Parameters | ForEach-Object Id) | Should -Be @($Expected)
    }

    It 'asks for TASKLOCKING_AGENT, or for anybody with an empty name' {
        $env:TASKLOCKING_AGENT = 'ann'
        (Get-AgentTask -Ready).Id | Should -Be @('T-3', 'T-1')
        @(Get-AgentTask -Ready -Agent '').Count | Should -Be 5
        (Get-AgentTask T-4).Id | Should -Be 'T-4'
    }

    It 'refuses an id that is not there' {
        Get-ErrorId { Get-AgentTask none -Ready } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.GetAgentTaskCommand'
    }
}

Describe 'Get-AgentTask' {
    BeforeAll {
        Enter-Workspace
        $null = New-AgentTask 'T-1' -Swarm alpha -Tag x, y
        $null = New-AgentTask 'T-2' -Swarm alpha -Tag x
        $null = New-AgentTask 'U-1' -Swarm beta
        $null = New-AgentTask 'T-[12]'
        Set-AgentTask 'T-2' -Status InProgress
        Grant-TaskAssignment 'T-1' ann
        Grant-TaskAssignment 'T-2' human:bob
    }
    AfterAll { Exit-Workspace }

    It 'lists every task in document order' {
        (Get-AgentTask).Id | Should -Be @('T-1', 'T-2', 'U-1', 'T-[12]')
    }

    It 'gives <Expected> for <Parameters>' -TestCases @(
        @{ Parameters = @{ Id = 't-*' }; Expected = 'T-1', 'T-2', 'T-[12]' }
        @{ Parameters = @{ Id = 'U-1', 'T-1' }; Expected = 'U-1', 'T-1' }
        @{ Parameters = @{ Id = 'none*' }; Expected = @() }
        @{ Parameters = @{ Status = 'InProgress' }; Expected = @('T-2') }
        @{ Parameters = @{ Status = 'InProgress', 'Done' }; Expected = @('T-2') }
        @{ Parameters = @{ Assignee = 'ann' }; Expected = @('T-1') }
        @{ Parameters = @{ Assignee = 'human:bob' }; Expected = @('T-2') }
        @{ Parameters = @{ Assignee = '*B*' }; Expected = @('T-2') }
        @{ Parameters = @{ Assignee = 'nobody' }; Expected = @() }
        @{ Parameters = @{ Unassigned = $true }; Expected = 'U-1', 'T-[12]' }
        @{ Parameters = @{ Swarm = 'alpha' }; Expected = 'T-1', 'T-2' }
        @{ Parameters = @{ Swarm = 'B*' }; Expected = @('U-1') }
        @{ Parameters = @{ Tag = 'x' }; Expected = 'T-1', 'T-2' }
        @{ Parameters = @{ Tag = 'x', 'y' }; Expected = @('T-1') }
        @{ Parameters = @{ Id = 'T-1'; Status = 'Done' }; Expected = @() }
        @{ Parameters = @{ Id = 'T-*'; Swarm = 'alpha'; Status = 'Todo' }; Expected = @('T-1') }
    ) {
        param($Parameters, $Expected)
        @(Get-AgentTask @Parameters | ForEach-Object Id) | Should -Be @($Expected)
    }

    It 'prefers the exact id to the pattern that it also is' {
        (Get-AgentTask 'T-[12]').Id | Should -Be 'T-[12]'
    }

    It 'says of a plain id that it is not there, and goes on' {
        $missing = $null
        $found = 'none', 'T-1' | Get-AgentTask -ErrorVariable missing -ErrorAction SilentlyContinue
        $found.Id | Should -Be 'T-1'
        $missing[0].FullyQualifiedErrorId | Should -Be 'TaskNotFound,TaskLocking.PowerShell.GetAgentTaskCommand'
        $missing[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'compares an exact id ordinally' {
        Get-ErrorId { Get-AgentTask 't-1' } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.GetAgentTaskCommand'
    }

    It 'keeps -Assignee and -Unassigned apart' {
        Get-ErrorId { Get-AgentTask -Assignee ann -Unassigned } | Should -Be 'AmbiguousParameterSet,TaskLocking.PowerShell.GetAgentTaskCommand'
    }

    It 'gives the whole todo as JSON' {
        ((Get-AgentTask T-1).ToJson() | ConvertFrom-Json).id | Should -Be 'T-1'
    }

    It 'stops early when the pipeline has enough' {
        (Get-AgentTask | Select-Object -First 1).Id | Should -Be 'T-1'
    }

    It 'finds nothing in a folder without a store, and makes none' {
        $empty = New-Item (Join-Path $TestDrive 'empty') -ItemType Directory
        Get-AgentTask -Workspace $empty.FullName | Should -BeNullOrEmpty
        Get-ChildItem $empty.FullName -Force | Should -BeNullOrEmpty
    }

    It 'needs no location where the workspace is named, and takes no other one for a location that is gone' -Skip:$IsWindows {
        $null = New-AgentTask here
        $workspace = (Get-Location).ProviderPath
        $gone = (New-Item -ItemType Directory gone).FullName
        Push-Location $gone
        try {
            [System.IO.Directory]::Delete($gone)
            (Get-AgentTask here -Workspace $workspace).Id | Should -Be 'here'
            Get-ErrorId { Get-AgentTask } | Should -Be 'PathNotFound,TaskLocking.PowerShell.GetAgentTaskCommand'
        }
        finally { Pop-Location }
    }
}
