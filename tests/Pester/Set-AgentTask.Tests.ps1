BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Set-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -Name one -Tag a -Swarm s
        $null = New-AgentTask T-2 -Name two
    }
    AfterEach { Exit-Workspace }

    It 'changes the fields that are given and no others' {
        Set-AgentTask T-1 -Status InProgress -Priority Critical
        $task = Get-AgentTask T-1
        $task.Status | Should -Be 'InProgress'
        $task.Priority | Should -Be 'Critical'
        $task.Name | Should -Be 'one'
        $task.Tags | Should -Be @('a')
        $task.Swarm | Should -Be 's'
    }

    It 'is silent, or writes the changed task with -PassThru' {
        Set-AgentTask T-1 -Name x | Should -BeNullOrEmpty
        (Set-AgentTask T-1 -Name y -PassThru).Name | Should -Be 'y'
    }

    It 'empties a list' {
        Set-AgentTask T-1 -Tag @()
        (Get-AgentTask T-1).Tags.Count | Should -Be 0
    }

    It 'changes how it is to be done, and takes it back' {
        Set-AgentTask T-1 -AllowAgent ann -File a -MaxAttempt 2 -RetryDelay 1m -TimeLimit 1h -NotBefore (Get-Date).AddDays(1) -NeedsReview
        $task = Get-AgentTask T-1
        $task.AllowedAgents, $task.Files, $task.MaxAttempt | Should -Be @('ann', 'a', 2)
        $task.TimeLimit.TotalHours | Should -Be 1
        $task.NotBefore | Should -Not -BeNullOrEmpty
        $task.NeedsReview | Should -BeTrue
        Set-AgentTask T-1 -Name x
        (Get-AgentTask T-1).NeedsReview | Should -BeTrue
        Set-AgentTask T-1 -AllowAgent @() -File @() -RetryDelay 0s -TimeLimit 0s -NotBefore (Get-Date).AddDays(-1) -NeedsReview:$false
        $task = Get-AgentTask T-1
        $task.AllowedAgents.Count + $task.Files.Count | Should -Be 0
        $task.RetryDelay, $task.TimeLimit, $task.NotBefore | Should -Be @($null, $null, $null)
        $task.NeedsReview | Should -BeFalse
        $task.MaxAttempt | Should -Be 2
    }

    It 'reads a path from where the session is, and those of a task from the workspace' {
        $null = New-Item src -ItemType Directory
        Push-Location src
        try {
            Set-AgentTask T-1 -File app.cs -Workspace ..
            [pscustomobject]@{ Id = 'T-2'; File = 'app.cs' } | Set-AgentTask -Workspace ..
            (Get-AgentTask T-1, T-2 -Workspace ..).Files | Should -Be @('src/app.cs', 'src/app.cs')
            [pscustomobject]@{ Id = 'T-2'; Files = 'app.cs' } | Set-AgentTask -Workspace ..
            (Get-AgentTask T-2 -Workspace ..).Files | Should -Be @('app.cs')
        } finally { Pop-Location }
    }

    It 'does not write the old fields of a piped task back' {
        $stale = Get-AgentTask T-1
        Set-AgentTask T-1 -Name new
        $stale | Set-AgentTask -Status Review
        $task = Get-AgentTask T-1
        $task.Name | Should -Be 'new'
        $task.Status | Should -Be 'Review'
    }

    It 'makes a whole pipeline one commit, refusals aside' {
        $changed = 'T-1', 'none', 'T-2' | Set-AgentTask -Priority Low -PassThru -ErrorVariable refused -ErrorAction SilentlyContinue
        $changed.Id | Should -Be @('T-1', 'T-2')
        @($changed.Version | Sort-Object -Unique).Count | Should -Be 1
        $refused[0].FullyQualifiedErrorId | Should -Be 'TaskNotFound,TaskLocking.PowerShell.SetAgentTaskCommand'
    }

    It 'refuses when somebody changed the task since it was read' {
        $read = Get-AgentTask T-1
        Set-AgentTask T-1 -Name other
        Get-ErrorId { Set-AgentTask T-1 -Status Done -IfVersion $read.Version } | Should -Be 'VersionChanged,TaskLocking.PowerShell.SetAgentTaskCommand'
        (Get-AgentTask T-1).Status | Should -Be 'Todo'
    }

    It 'asks the version of each piped task from a block' {
        $read = Get-AgentTask
        Set-AgentTask T-2 -Name other
        $refused = $null
        $read | Set-AgentTask -Status Done -IfVersion { $_.Version } -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused.TargetObject | Should -Be @('T-2')
        (Get-AgentTask -Status Done).Id | Should -Be @('T-1')
    }

    It 'changes nothing with -WhatIf' {
        Set-AgentTask T-1 -Name x -WhatIf
        (Get-AgentTask T-1).Name | Should -Be 'one'
    }

    It 'puts tasks below a parent, which is done with them, and takes them out again' {
        'T-1', 'T-2' | Set-AgentTask -Parent (New-AgentTask P).Id
        (Get-AgentTask -Parent P).Id | Should -Be @('T-1', 'T-2')
        (Get-AgentTask P).Children.Total, (Get-AgentTask P).Children.Closed | Should -Be @(2, 0)
        Get-ErrorId { Set-AgentTask P -Status Done } | Should -Be 'TaskNotReady,TaskLocking.PowerShell.SetAgentTaskCommand'
        Get-ErrorId { Set-AgentTask P -Parent T-1 } | Should -Be 'DependencyCycle,TaskLocking.PowerShell.SetAgentTaskCommand'
        Get-ErrorId { Set-AgentTask T-1 -Parent none-such } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.SetAgentTaskCommand'
        Set-AgentTask T-2 -Parent none
        Set-AgentTask T-1 -Status Done
        (Get-AgentTask P).Status | Should -Be 'Done'
        (Get-TaskHistory P)[-1].NewValue | Should -Be 'all closed: 1 done, the last was T-1'
        Set-AgentTask T-1 -Parent ''
        (Get-AgentTask -Parent none).Id | Should -Be @('T-1', 'T-2', 'P')
        [pscustomobject]@{ Id = 'T-1'; Parent = 'P' } | Set-AgentTask -PassThru | ForEach-Object Parent | Should -Be 'P'
        Get-AgentTask T-1 | Format-List | Out-String | Should -Match 'Parent\s+: P'
    }

    It 'refuses a circle of dependencies and names it' {
        Set-AgentTask T-1 -DependsOn T-2
        $refused = $null
        Set-AgentTask T-2 -DependsOn T-1 -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[0].FullyQualifiedErrorId | Should -Be 'DependencyCycle,TaskLocking.PowerShell.SetAgentTaskCommand'
        $refused[0].Exception.Refusal.Ids | Should -Contain 'T-1'
    }
}
