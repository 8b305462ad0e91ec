# What was read in one workspace is done there, wherever the session stands.

BeforeDiscovery {
    . "$PSScriptRoot/Setup.ps1"
    $takers = Get-Command -Module TaskLocking | Where-Object { $_.Parameters.ContainsKey('Workspace') }
    $forms = @(
        @{ Form = 'as it is'; Copy = { $_ } }
        @{ Form = 'from JSON'; Copy = { $_ | ConvertTo-Json -Depth 3 | ConvertFrom-Json } }
        @{ Form = 'from CSV'; Copy = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Form = 'from a job'; Copy = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 3)) } }
    )
}

BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Every cmdlet' {
    It '<_> takes the workspace of what is piped' -ForEach $takers {
        $sets = $_.Parameters.Workspace.ParameterSets.Values
        @($sets | Where-Object ValueFromPipelineByPropertyName).Count | Should -BeGreaterThan 0
    }

    It 'has one, as it works on some' {
        $takes = @(Get-Command -Module TaskLocking | Where-Object { $_.Parameters.ContainsKey('Workspace') })
        $takes.Count | Should -Be @(Get-Command -Module TaskLocking).Count
    }
}

Describe 'What was read in another workspace' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -Name here -Swarm s
        $here = (Get-Location).ProviderPath
        $there = (New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))) -ItemType Directory).FullName
        $null = New-AgentTask T-1 -Name there -Swarm s -Workspace $there
        $null = New-AgentTask T-2 -Name there -Workspace $there
        $null = Register-Agent ann -Workspace $there
    }
    AfterEach {
        Unlock-AgentTask -All -Workspace $there
        Exit-Workspace
        Remove-Item Env:/TASKLOCKING_AGENT -ErrorAction Ignore
    }

    It 'tells where it is: <Text>' -TestCases @(
        @{ Text = 'a task'; Block = { Get-AgentTask T-1 -Workspace $there } }
        @{ Text = 'a new task'; Block = { New-AgentTask T-3 -Workspace $there } }
        @{ Text = 'an assignment'; Block = { Grant-TaskAssignment T-1 ann -Workspace $there; Get-TaskAssignment -Workspace $there } }
        @{ Text = 'a workload'; Block = { Grant-TaskAssignment T-1 ann -Workspace $there; Get-TaskAssignment -Workload -Workspace $there } }
        @{ Text = 'the answer to a batch, with its parts'; Block = { $r = Grant-TaskAssignment T-1, none ann -SkipConflict -Workspace $there; $r; $r.Assigned; $r.Assigned.Task; $r.Failed } }
        @{ Text = 'a claim'; Block = { Request-AgentTask -Agent ann -Workspace $there } }
        @{ Text = 'an agent'; Block = { Get-Agent -Workspace $there } }
        @{ Text = 'a lease'; Block = { Lock-AgentFile a -Agent ann -Workspace $there; Get-AgentFileLock -Workspace $there } }
        @{ Text = 'the test of a file'; Block = { $null = Lock-AgentFile a -Agent ann -Workspace $there; $t = Test-AgentFile a -Agent bob -Workspace $there; $t; $t.Conflicts } }
        @{ Text = 'an answer of readiness'; Block = { Test-AgentTask T-1 -Workspace $there } }
        @{ Text = 'the history'; Block = { Set-AgentTask T-1 -Name x -Workspace $there; Get-TaskHistory T-1 -Workspace $there } }
        @{ Text = 'progress'; Block = { Get-TaskProgress -Workspace $there; Get-TaskProgress s -Workspace $there } }
        @{ Text = 'the graph, with its parts'; Block = { $null = New-AgentTask T-9 -DependsOn none -Workspace $there -WarningAction Ignore; $g = Test-TaskGraph -Workspace $there; $g; $g.Dangling; $g.Stuck } }
        @{ Text = 'a run, with its parts'; Block = { $r = Invoke-TaskAssignment -Workspace $there; $r; $r.Assigned } }
        @{ Text = 'the last run'; Block = { $null = Invoke-TaskAssignment -Workspace $there; Get-TaskAssignmentRun -Workspace $there } }
        @{ Text = 'the self-test'; Block = { Test-TaskWorkspace -Workspace $there } }
        @{ Text = 'a synchronisation'; Block = { Sync-TaskWorkspace -Workspace $there } }
        @{ Text = 'metrics'; Block = { Get-TaskLockMetric -Workspace $there; Get-TaskLockMetric state -Workspace $there } }
        @{ Text = 'a topic and its report'; Block = { New-TopicDirectory x -Workspace $there; Get-TopicDirectory -Workspace $there; Test-TopicDirectory -Workspace $there } }
    ) {
        param($Block)
        $output = @(& $Block)
        $output.Count | Should -BeGreaterThan 0
        foreach ($value in $output) { $value.Workspace | Should -Be $there -Because "$($value.GetType().Name) is of that workspace" }
    }

    It 'is changed there: <Form>' -TestCases $forms {
        param($Copy)
        Get-AgentTask T-1 -Workspace $there | ForEach-Object $Copy | Set-AgentTask -Name changed
        (Get-AgentTask T-1 -Workspace $there).Name | Should -Be 'changed'
        (Get-AgentTask T-1).Name | Should -Be 'here'
    }

    It 'is done by each verb there: <Form>' -TestCases $forms {
        param($Copy)
        $get = { param($Id) Get-AgentTask $Id -Workspace $there | ForEach-Object $Copy }
        & $get T-1 | Grant-TaskAssignment -Assignee ann
        & $get T-1 | Start-AgentTask -Agent ann | ForEach-Object $Copy | Update-TaskLease -Agent ann
        & $get T-1 | Submit-TaskFailure -Agent ann -Reason r
        & $get T-1 | Restart-AgentTask
        & $get T-1 | Add-TaskDependency -DependsOn T-2
        (& $get T-1 | Test-AgentTask).IsReady | Should -BeFalse
        & $get T-1 | Remove-TaskDependency -DependsOn T-2
        & $get T-1 | Revoke-TaskAssignment -Force
        @(& $get T-1 | Get-TaskHistory).Count | Should -BeGreaterThan 3
        & $get T-1 | Lock-AgentTask -ScriptBlock { Get-ErrorId { Lock-AgentTask T-1 -Workspace $there } } |
            Should -Be 'LockRecursion,TaskLocking.PowerShell.LockAgentTaskCommand'
        & $get T-1 | Get-AgentTask | ForEach-Object Name | Should -Be 'there'
        Get-Agent -Workspace $there | ForEach-Object $Copy | Unregister-Agent
        @(Get-Agent -Workspace $there).Count | Should -Be 0
        & $get T-1 | Remove-AgentTask
        (Get-AgentTask -Workspace $there).Id | Should -Be 'T-2'
        (Get-AgentTask).Name | Should -Be 'here'
        (Get-AgentTask).Version | Should -Be 1
    }

    It 'frees the leases there: <Form>' -TestCases $forms {
        param($Copy)
        $null = Lock-AgentFile a -Agent ann
        $null = Lock-AgentFile a, 'b/[[]x].cs' -Agent ann -Workspace $there
        (Get-AgentFileLock -Workspace $there | ForEach-Object $Copy | Test-AgentFile -Agent bob).IsFree | Should -Be @($false, $false)
        Get-AgentFileLock -Workspace $there | ForEach-Object $Copy | Unlock-AgentFile -Agent ann
        @(Get-AgentFileLock -Workspace $there).Count | Should -Be 0
        @(Get-AgentFileLock).Count | Should -Be 1
    }

    It 'is one commit in each workspace' {
        Get-AgentTask T-1 | Set-AgentTask -Name first
        $both = @(Get-AgentTask -Workspace $there; Get-AgentTask) | Set-AgentTask -Priority Low -PassThru
        $both | ForEach-Object { "$($_.Id) $($_.Name)" } | Should -Be @('T-1 there', 'T-2 there', 'T-1 first')
        $both.Workspace | Should -Be @($there, $there, $here)
        @($both | Where-Object Workspace -EQ $there | ForEach-Object Version | Sort-Object -Unique).Count | Should -Be 1
    }

    It 'is done elsewhere where the command says so' {
        Get-AgentTask T-1 -Workspace $there | Set-AgentTask -Name moved -Workspace .
        (Get-AgentTask T-1).Name | Should -Be 'moved'
        (Get-AgentTask T-1 -Workspace $there).Name | Should -Be 'there'
    }

    It 'is locked there, all of it or nothing' {
        $hold = @(Get-AgentTask T-1 -Workspace $there; Get-AgentTask T-1) | Lock-AgentTask
        @($hold).Count | Should -Be 2
        $hold.IsHeld | Should -Be @($true, $true)
        Get-ErrorId { Lock-AgentTask T-1 -Workspace $there } | Should -Be 'LockRecursion,TaskLocking.PowerShell.LockAgentTaskCommand'
        $hold | Unlock-AgentTask
        $hold.IsHeld | Should -Be @($false, $false)
        $refused = @(Get-AgentTask T-1; [pscustomobject]@{ Id = 'none'; Workspace = $there })
        Get-ErrorId { $refused | Lock-AgentTask } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.LockAgentTaskCommand'
        (Lock-AgentTask T-1 { 'free' }) | Should -Be 'free'
    }
}

Describe 'Who works is told by the claim that is piped' {
    BeforeEach {
        Enter-Workspace
        $null = 'T-1', 'T-2' | New-AgentTask
    }
    AfterEach {
        Exit-Workspace
        Remove-Item Env:/TASKLOCKING_AGENT -ErrorAction Ignore
    }

    It 'from the request to the end' {
        Request-AgentTask -Agent bob | Start-AgentTask | Complete-AgentTask
        (Get-AgentTask T-1).Status | Should -Be 'Done'
        (Get-TaskHistory T-1 | Where-Object Field -EQ status | Select-Object -Last 2).By | Should -Be @('bob', 'bob')
    }

    It 'also where it says that no process is judged: <Form>' -TestCases $forms {
        param($Copy)
        Request-AgentTask -Agent bob -ProcessId 0 | ForEach-Object $Copy | Start-AgentTask -Agent bob | Out-Null
        Get-AgentTask T-1 | Where-Object { $true } | Submit-TaskFailure -Reason r
        (Get-AgentTask T-1).Failure.Agent | Should -Be 'bob'
    }

    It 'each for his own, in one pipeline' {
        $claims = @(Request-AgentTask -Agent ann; Request-AgentTask -Agent bob)
        $claims | Start-AgentTask | ForEach-Object { "$($_.Id) $($_.Claim.Agent)" } | Should -Be @('T-1 ann', 'T-2 bob')
        Get-AgentTask | Complete-AgentTask -Next | Should -BeNullOrEmpty
        (Get-TaskHistory T-2 | Where-Object Field -EQ status | Select-Object -Last 1).By | Should -Be 'bob'
        (Get-AgentTask).Status | Should -Be @('Done', 'Done')
    }

    It 'but not where it is another process''s work, or another agent acts' {
        $other = Start-Shell '$null = [Console]::In.ReadLine()'
        try {
            $null = Request-AgentTask -Agent bob -ProcessId $other.Id
            Get-ErrorId { Get-AgentTask T-1 | Start-AgentTask } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.StartAgentTaskCommand'
            Get-AgentTask T-1 | Start-AgentTask -ProcessId $other.Id | ForEach-Object { $_.Claim.Agent } | Should -Be 'bob'
        }
        finally { $null = Wait-Shell $other }
        $claim = Request-AgentTask -Agent ann -Start
        $env:TASKLOCKING_AGENT = 'zoe'
        Get-ErrorId { $claim | Complete-AgentTask } | Should -Be 'NotOwner,TaskLocking.PowerShell.CompleteAgentTaskCommand'
        (Get-AgentTask $claim.Id).Status | Should -Be 'InProgress'
    }

    It 'and needed where no claim is piped' {
        { Complete-AgentTask T-1 } | Should -Throw '*No agent is named*'
    }
}
