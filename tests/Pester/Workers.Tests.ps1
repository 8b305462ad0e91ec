BeforeAll {
    . "$PSScriptRoot/Setup.ps1"

    # A process that lives until its input ends, and that asks for nothing.
    function Start-Worker { Start-Shell '$null = [Console]::In.ReadToEnd()' }
}

Describe 'Two living processes under one name' {
    BeforeEach {
        Enter-Workspace
        $worker = Start-Worker
        $null = New-AgentTask T-1 -File a.md
        $claimed = Request-AgentTask -Agent ann -ProcessId $worker.Id
    }
    AfterEach {
        if (-not $worker.HasExited) { $worker.Kill() }
        $worker.WaitForExit()
        Exit-Workspace
    }

    It 'are two: <Name> is refused, names the process, and goes on with <Way>' -ForEach @(
        foreach ($way in 'Token', 'Force', 'ProcessId') {
            @{ Way = $way; Name = 'Start-AgentTask'; Verb = { param($More) Start-AgentTask T-1 -Agent ann @More } }
            @{ Way = $way; Name = 'Complete-AgentTask'; Verb = { param($More) Complete-AgentTask T-1 -Agent ann @More -PassThru } }
            @{ Way = $way; Name = 'Submit-TaskFailure'; Verb = { param($More) Submit-TaskFailure T-1 -Agent ann -Reason r @More -PassThru } }
            @{ Way = $way; Name = 'Update-TaskLease'; Verb = { param($More) Update-TaskLease T-1 -Agent ann @More -PassThru } }
            @{ Way = $way; Name = 'Set-AgentTask'; Verb = { param($More) Set-AgentTask T-1 -Status Cancelled -By ann @More -PassThru } }
            @{ Way = $way; Name = 'Remove-AgentTask'; Verb = { param($More) Remove-AgentTask T-1 @More -PassThru } }
            @{ Way = $way; Name = 'Revoke-TaskAssignment'; Verb = { param($More) Revoke-TaskAssignment T-1 ann @More -PassThru } }
        }
    ) {
        if ($Name -ne 'Start-AgentTask') { $null = $claimed | Start-AgentTask -Agent ann -ProcessId $worker.Id }
        $refusal = Get-Refusal { & $Verb @{} }
        $refusal.Code | Should -Be 'NotOwner'
        $refusal.Message | Should -BeLike "*pid $($worker.Id) on *, since 20*"
        $more = switch ($Way) {
            'Token' { @{ Token = $claimed.Claim.Token } }
            'Force' { @{ Force = $true } }
            'ProcessId' { @{ ProcessId = $worker.Id } }
        }
        (& $Verb $more).Id | Should -Be 'T-1'
    }

    It 'do not share the exclusive lease of one of them' {
        $refusal = Get-Refusal { Lock-AgentFile a.md -Agent ann }
        $refusal.Code | Should -Be 'FileLocked'
        $refusal.Message | Should -BeLike "*pid $($worker.Id) on *"
        (Test-AgentFile a.md -Agent ann).IsFree | Should -BeFalse
        (Test-AgentFile a.md -Agent ann -ProcessId $worker.Id).IsFree | Should -BeTrue
        Get-ErrorId { Unlock-AgentFile a.md -Agent ann } | Should -Be 'NotOwner,TaskLocking.PowerShell.UnlockAgentFileCommand'
        Unlock-AgentFile -All -Agent ann -PassThru | Should -BeNullOrEmpty
        (Unlock-AgentFile -All -Agent ann -Force -PassThru).Path | Should -Be 'a.md'
        (Lock-AgentFile a.md -Agent ann).Pid | Should -Be $PID
    }

    It 'show at once that one is gone' {
        (Get-AgentTask | Out-String) | Should -Not -Match 'gone'
        $worker.Kill()
        $worker.WaitForExit()
        (Get-AgentTask | Out-String) | Should -Match 'agent:ann \(gone\)'
        (Get-AgentTask T-1).HolderEnded | Should -Be 'ProcessEnded'
        # What is written elsewhere is the object, without what a look adds.
        (Get-AgentTask T-1 | ConvertTo-Csv) -join "`n" | Should -Not -Match 'gone|HolderEnded'
        (Request-AgentTask -Agent bob).Id | Should -Be 'T-1'
    }
}

Describe 'A person and an agent of one name' {
    BeforeEach {
        Enter-Workspace
        $null = Register-Agent bob -MaxTasks 1
        $null = Register-Agent bob -Type human
        'T-1', 'T-2' | New-AgentTask | Out-Null
        Grant-TaskAssignment T-1 human:bob
    }
    AfterEach { Exit-Workspace }

    It 'are two in what they have' {
        (Get-Agent bob | Sort-Object Type).Type | Should -Be 'agent', 'human'
        (Request-AgentTask -Agent bob -Type agent).Id | Should -Be 'T-2'
        Get-ErrorId { Start-AgentTask T-1 -Agent bob -Type agent } | Should -Be 'NotOwner,TaskLocking.PowerShell.StartAgentTaskCommand'
        (Start-AgentTask T-1 -Agent bob -Type human).Assignee.ToString() | Should -Be 'human:bob'
        $null = Lock-AgentFile a.md -Agent bob -Type human
        Get-ErrorId { Lock-AgentFile a.md -Agent bob -Type agent } | Should -Be 'FileLocked,TaskLocking.PowerShell.LockAgentFileCommand'
        Get-ErrorId { Unregister-Agent bob } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.UnregisterAgentCommand'
        (Get-Agent bob | Where-Object Type -EQ agent | Unregister-Agent -Force -PassThru).Type | Should -Be 'agent'
        (Get-Agent bob).Type | Should -Be 'human'
    }

    It 'approve nothing that was done under their name' {
        $null = New-AgentTask T-3 -NeedsReview -Priority Critical
        $null = Request-AgentTask -Agent bob -Type agent | Start-AgentTask -Agent bob -Type agent | Complete-AgentTask -Agent bob -Type agent
        Get-ErrorId { Complete-AgentTask T-3 -Agent bob -Type human } | Should -Be 'NotPermitted,TaskLocking.PowerShell.CompleteAgentTaskCommand'
        Get-ErrorId { Complete-AgentTask T-3 -Agent eva -Type human } | Should -Be 'NotPermitted,TaskLocking.PowerShell.CompleteAgentTaskCommand'
        $null = Register-Agent eva -Type human
        (Complete-AgentTask T-3 -Agent eva -Type human -PassThru).Status | Should -Be 'Done'
    }
}

Describe 'Linked worktrees' {
    BeforeEach {
        Enter-Workspace
        # As git makes it, for who has none.
        $null = New-Item main/.git/worktrees/tree, tree/src -ItemType Directory -Force
        'ref: refs/heads/main' | Set-Content main/.git/HEAD
        "gitdir: $((Get-Location).ProviderPath)/main/.git/worktrees/tree" | Set-Content tree/.git
        '../..' | Set-Content main/.git/worktrees/tree/commondir
        $main = (Get-Item main).FullName
    }
    AfterEach { Exit-Workspace }

    It 'have the board of their repository, and one lease for a file that is in both' {
        $null = New-AgentTask T-1 -Workspace main
        Push-Location tree/src
        Request-AgentTask -Agent ann -Verbose 4>&1 | Out-String -Width 1000 | Should -BeLike "*$main*linked worktree*"
        $null = Lock-AgentFile a.cs -Agent ann
        Set-Location $main
        (Get-AgentTask T-1).Assignee.Name | Should -Be 'ann'
        Get-ErrorId { Lock-AgentFile src/a.cs -Agent bob } | Should -Be 'FileLocked,TaskLocking.PowerShell.LockAgentFileCommand'
        Pop-Location
    }

    It 'are refused with a living store of their own, which is merged' {
        $null = New-AgentTask T-1, T-2 -Workspace tree
        $null = New-AgentTask T-1 -Name 'as the board has it' -Workspace main
        Push-Location tree
        Get-ErrorId { Get-AgentTask } | Should -Be 'SeparateStore,TaskLocking.PowerShell.GetAgentTaskCommand'
        $report = Sync-TaskWorkspace -Workspace . -Into ../main
        "$($report.Added) | $($report.Differing)" | Should -Be 'T-2 | T-1'
        $report.KeptAside | Should -Exist
        (Get-AgentTask).Id | Should -Be 'T-1', 'T-2'
        (Get-AgentTask T-1).Name | Should -Be 'as the board has it'
        Pop-Location
    }
}
