# Patterns, words and names that are nearly right.

BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'A pattern' {
    BeforeAll {
        Enter-Workspace
        $null = New-AgentTask 'T-[12]', 'T-1', 'a`b', 'star*' -Tag Backend, 'x[1]' -Swarm 's[1]'
        $null = New-AgentTask U-1 -Tag frontend
    }
    AfterAll { Exit-Workspace }

    It 'that is escaped is the name itself: <Id>' -TestCases @(@{ Id = 'T-[12]' }, @{ Id = 'star*' }, @{ Id = 'a`b' }, @{ Id = 'T-1' }) {
        param($Id)
        $escaped = [WildcardPattern]::Escape($Id)
        (Get-AgentTask $escaped).Id | Should -Be $Id
        (Get-AgentTask $Id).Id | Should -Be $Id
        (Test-AgentTask $escaped).TaskId | Should -Be $Id
        (Get-TaskAssignment $escaped) | Should -BeNullOrEmpty
        Get-ErrorId { Get-TaskHistory $escaped } | Should -BeNullOrEmpty
    }

    It 'selects by tag: <Tag>' -TestCases @(
        @{ Tag = 'b*'; Expected = 4 }, @{ Tag = '*END'; Expected = 5 }, @{ Tag = @('back*', 'x*'); Expected = 4 }, @{ Tag = 'Backend'; Expected = 4 }
        @{ Tag = 'backend'; Expected = 0 }, @{ Tag = @('b*', 'f*'); Expected = 0 }, @{ Tag = [WildcardPattern]::Escape('x[1]'); Expected = 4 }
    ) {
        param($Tag, $Expected)
        @(Get-AgentTask -Tag $Tag).Count | Should -Be $Expected
        @(Get-AgentTask -Ready -Tag $Tag).Count | Should -Be $Expected
    }

    It 'that is none is told' {
        { Get-AgentTask 'a[]' } | Should -Throw '*no pattern*'
        Get-ErrorId { Get-AgentTask -Tag 'a[' } | Should -Match '^InvalidArgument,|^$'
    }

    It 'that is escaped is a swarm, too' {
        @(Get-AgentTask -Swarm ([WildcardPattern]::Escape('s[1]'))).Count | Should -Be 4
    }
}

Describe 'A word' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1, T-2
    }
    AfterEach { Exit-Workspace }

    It 'is a status however it is written: <Word>' -TestCases @(@{ Word = 'In Progress' }, @{ Word = 'in-progress' }, @{ Word = 'InProgress' }, @{ Word = 'active' }) {
        param($Word)
        Set-AgentTask T-1 -Status $Word
        (Get-AgentTask -Status $Word).Id | Should -Be 'T-1'
        (Get-AgentTask -Status done, $Word).Id | Should -Be 'T-1'
    }

    It 'that is no status, or no priority, is told with those that are' {
        { Get-AgentTask -Status nowhere } | Should -Throw '*Todo*InProgress*'
        { New-AgentTask T-3 -Priority soon } | Should -Throw '*Low*Critical*'
    }

    It 'is a priority as other tools write it: <Word>' -TestCases @(@{ Word = 'P1'; Is = 'High' }, @{ Word = 'urgent'; Is = 'Critical' }, @{ Word = 'LOW'; Is = 'Low' }) {
        param($Word, $Is)
        (New-AgentTask T-3 -Priority $Word).Priority | Should -Be $Is
        (Set-AgentTask T-1 -Priority $Word -PassThru).Priority | Should -Be $Is
    }

    It 'is a time from now' {
        $before = [datetimeoffset]::UtcNow
        $task = New-AgentTask T-3 -NotBefore +30m
        ($task.NotBefore - $before).TotalMinutes | Should -BeGreaterThan 29.9
        (Set-AgentTask T-1 -NotBefore +2d -PassThru).NotBefore | Should -BeGreaterThan $before.AddDays(1)
        Get-ErrorId { New-AgentTask T-4 -NotBefore +30 } | Should -Be 'ParameterArgumentTransformationError,TaskLocking.PowerShell.NewAgentTaskCommand'
    }

    It 'is an assignee with its type, and no other word is one' {
        Grant-TaskAssignment T-1 agent:ann
        (Get-AgentTask -Assignee agent:ann).Id | Should -Be 'T-1'
        (Get-AgentTask -Assignee ann).Id | Should -Be 'T-1'
        Get-ErrorId { Grant-TaskAssignment T-2 robot:x } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.GrantTaskAssignmentCommand'
        { Grant-TaskAssignment T-2 robot:x } | Should -Throw '*''robot'' is no type*agent:robot:x*'
        Grant-TaskAssignment T-2 agent:robot:x
        (Get-AgentTask T-2).Assignee.Name | Should -Be 'robot:x'
    }
}

Describe 'A name that is nearly right' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -Swarm release
        $null = Register-Agent ann
    }
    AfterEach { Exit-Workspace }

    It 'is hinted at: <Text>' -TestCases @(
        @{ Text = 'a task to read'; Block = { Get-AgentTask t-1 }; Near = 'T-1' }
        @{ Text = 'a task to change'; Block = { Set-AgentTask t-1 -Name x }; Near = 'T-1' }
        @{ Text = 'a task to hold'; Block = { Lock-AgentTask t-1 }; Near = 'T-1' }
        @{ Text = 'an agent'; Block = { Get-Agent Ann }; Near = 'ann' }
    ) {
        param($Block, $Near)
        $refused = $null
        try { & $Block 2>&1 | ForEach-Object { $refused = $_ } } catch { $refused = $_ }
        "$refused" | Should -BeLike "*did you mean $Near`?*"
        $refused.Exception.Refusal.Code | Should -BeLike '*NotFound'
    }

    It 'of a swarm is told, and not 0 of 0 without a word: <Text>' -TestCases @(
        @{ Text = 'progress'; Block = { Get-TaskProgress relaese } }
        @{ Text = 'a request'; Block = { Request-AgentTask -Agent ann -Swarm relaese } }
        @{ Text = 'a list'; Block = { Get-AgentTask -Swarm relaese } }
        @{ Text = 'a run'; Block = { Invoke-TaskAssignment -Swarm relaese } }
    ) {
        param($Block)
        $told = @(& $Block 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] })
        $told.Count | Should -Be 1
        "$told" | Should -Be 'No task is of the swarm relaese; did you mean release?'
    }

    It 'is not told where there is such a swarm' {
        Get-TaskProgress release -WarningVariable told -WarningAction SilentlyContinue | Out-Null
        Get-AgentTask -Swarm rel* -WarningVariable +told -WarningAction SilentlyContinue | Out-Null
        $told | Should -BeNullOrEmpty
    }
}
