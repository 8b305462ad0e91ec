BeforeDiscovery {
    . "$PSScriptRoot/Cluster.ps1"
    $lack = Get-ClusterLack
    if ($lack) { Write-Warning "Boards in a database are not tested: $lack." }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Cluster.ps1"
}

Describe 'Initialize-TaskDatabase and Move-TaskWorkspace' -Skip:($lack -ne '') {
    BeforeAll {
        $cluster = Start-Cluster
        function Get-Address([string] $Board, [string] $User = 'owner') { "postgres://$User@127.0.0.1:$($cluster.Port)/boards/$Board" }
        function Get-Told([string] $Script) { Wait-Shell (Start-Shell $Script) }
    }
    AfterAll { Stop-Cluster $cluster }
    BeforeEach {
        Enter-Workspace
        $board = 'b' + [guid]::NewGuid().ToString('N')
    }
    AfterEach { Exit-Workspace }

    It 'makes the tables once, in steps, and gives a role what it needs' {
        $address = (Get-Address $board) + "?schema=$board"
        Get-ErrorId { New-AgentTask T-1 -Workspace $address } | Should -Be 'StoreUnavailable,TaskLocking.PowerShell.NewAgentTaskCommand'
        Initialize-TaskDatabase -Workspace $address -WhatIf | Should -BeNullOrEmpty
        Invoke-ClusterSql $cluster "select count(*) from pg_namespace where nspname = '$board'" | Should -Be 0
        $steps = @(Initialize-TaskDatabase -Workspace $address)
        $steps[0] | Should -Be '0001_board.sql'
        $steps | Should -Be @(Invoke-ClusterSql $cluster "select name from $board.migration order by number")
        Initialize-TaskDatabase -Workspace $address | Should -BeNullOrEmpty
        $null = Invoke-ClusterSql $cluster "create role r$board login"
        Initialize-TaskDatabase -Workspace $address -Role "r$board" | Should -BeNullOrEmpty
        $null = New-AgentTask T-1 -Workspace ($address -replace 'owner@', "r$board@")
        (Get-AgentTask -Workspace $address).Id | Should -Be 'T-1'
        Get-ErrorId { Initialize-TaskDatabase -Workspace (Get-Address $board "r$board") } | Should -Be 'AccessDenied,TaskLocking.PowerShell.InitializeTaskDatabaseCommand'
        Get-ErrorId { Initialize-TaskDatabase -Workspace $address -Role nobody } | Should -BeLike '*,TaskLocking.PowerShell.InitializeTaskDatabaseCommand'
    }

    It 'writes the statements, which make the same' {
        $address = (Get-Address $board) + "?schema=$board"
        Set-Content made.sql (Initialize-TaskDatabase -Workspace $address -AsSql)
        Invoke-ClusterSql $cluster "select count(*) from pg_namespace where nspname = '$board'" | Should -Be 0
        $null = & "$(Find-ClusterProgram)/psql" -h 127.0.0.1 -p $cluster.Port -U owner -d boards -q -v ON_ERROR_STOP=1 -f made.sql
        $LASTEXITCODE | Should -Be 0
        Initialize-TaskDatabase -Workspace $address | Should -BeNullOrEmpty
    }

    It 'moves a board there and back, with claims, histories and leases' {
        $address = Get-Address $board
        $null = Initialize-TaskDatabase -Workspace $address
        $here = (Get-Location).ProviderPath
        $null = New-AgentTask T-1 -Name first
        $null = New-AgentTask T-2 -DependsOn T-1
        $null = Lock-AgentFile a -Agent ann
        $claimed = Request-AgentTask -Agent ann | Start-AgentTask -Agent ann
        $history = Get-TaskHistory T-1 | ForEach-Object { "$($_.Timestamp.Ticks) $($_.Field) $($_.OldValue) $($_.NewValue) $($_.By)" }

        Move-TaskWorkspace $address -WhatIf | Should -BeNullOrEmpty
        Get-Told "Move-TaskWorkspace '$address' -WhatIf" | Should -BeLike "What if:*$board*"
        (Get-AgentTask).Workspace | Select-Object -Unique | Should -Be $here
        $report = Move-TaskWorkspace $address
        $report | Should -BeOfType TaskLocking.SyncReport
        $report.Tasks, $report.Workspace | Should -Be @(2, $address)
        $report.Version | Should -BeGreaterOrEqual $claimed.Version

        # This session, which had the folder open, goes on there; who names the folder is told.
        (Get-AgentTask).Workspace | Select-Object -Unique | Should -Be $address
        Get-ErrorId { New-AgentTask T-3 -Workspace $here } | Should -Be 'StoreUnavailable,TaskLocking.PowerShell.NewAgentTaskCommand'
        Get-TaskHistory T-1 | ForEach-Object { "$($_.Timestamp.Ticks) $($_.Field) $($_.OldValue) $($_.NewValue) $($_.By)" } | Should -Be $history
        (Get-AgentFileLock).Path | Should -Be 'a'
        $claimed | Complete-AgentTask -Agent ann -Workspace $address
        (Request-AgentTask -Agent ann).Id | Should -Be 'T-2'

        $back = (New-Item back -ItemType Directory).FullName
        # What broke off is ended by the same call, which does no harm where nothing did.
        (Move-TaskWorkspace $address -Workspace $here).Tasks | Should -Be 2
        $report = Move-TaskWorkspace ./back
        $report.Tasks, $report.Workspace | Should -Be @(2, $back)
        (Get-AgentTask T-1 -Workspace back).Status | Should -Be 'Done'
        (Get-AgentTask T-2 -Workspace back).Claim.Agent | Should -Be 'ann'
        Get-ErrorId { Get-AgentTask -Workspace $address } | Should -Be 'StoreUnavailable,TaskLocking.PowerShell.GetAgentTaskCommand'
    }

    It 'moves each board once, however many objects of it are piped' {
        $address = Get-Address $board
        $null = Initialize-TaskDatabase -Workspace $address
        $null = 'T-1', 'T-2' | New-AgentTask
        @(Get-AgentTask | Move-TaskWorkspace $address).Tasks | Should -Be 2
    }

    It 'copies nothing where there is a board already' {
        $address = Get-Address $board
        $null = Initialize-TaskDatabase -Workspace $address
        $null = New-AgentTask A -Workspace $address
        $null = New-AgentTask T-1
        Get-ErrorId { Move-TaskWorkspace $address } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.MoveTaskWorkspaceCommand'
        Get-ErrorId { Move-TaskWorkspace . -Workspace $address } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.MoveTaskWorkspaceCommand'
        Set-AgentTask T-1 -Name 'still here'
        Set-AgentTask A -Name too -Workspace $address
        (Get-AgentTask T-1).Name, (Get-AgentTask A -Workspace $address).Name | Should -Be @('still here', 'too')
    }
}

Describe 'Without a server' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'folders are refused with a sentence' {
        $null = New-AgentTask T-1
        Get-ErrorId { Move-TaskWorkspace ./other } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.MoveTaskWorkspaceCommand'
        $error[0].Exception.Message | Should -BeLike '*both folders*Move-TaskWorkspace postgres://*'
        Get-ErrorId { Initialize-TaskDatabase } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.InitializeTaskDatabaseCommand'
        $error[0].Exception.Message | Should -BeLike '*is a folder*Initialize-TaskDatabase -Workspace postgres://*'
        (Get-AgentTask).Id | Should -Be 'T-1'
    }

    It 'an address that nobody answers at changes nothing' {
        $null = New-AgentTask T-1
        $address = 'postgres://nobody@127.0.0.1:1/none/none'
        Get-ErrorId { Move-TaskWorkspace $address -TimeoutSec 0 } | Should -Be 'StoreUnavailable,TaskLocking.PowerShell.MoveTaskWorkspaceCommand'
        Get-ErrorId { Initialize-TaskDatabase -Workspace $address } | Should -Be 'StoreUnavailable,TaskLocking.PowerShell.InitializeTaskDatabaseCommand'
        if ($env:TASKLOCKING_TEST_FRAMEWORK -eq 'netstandard2.0') { $error[0].Exception.Message | Should -Match 'needs PowerShell 7' }
        else { Initialize-TaskDatabase -Workspace $address -AsSql | Should -BeLike '*create table*journal*' }
        Set-AgentTask T-1 -Name 'still here'
    }
}
