BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'New-AgentTask' {
    BeforeEach { Enter-Workspace }
    AfterEach { Exit-Workspace }

    It 'defines children before or behind their parent, in one commit' {
        $rows = "Id,Parent`nC,P`nP,`nE,P" | ConvertFrom-Csv
        $defined = $rows | New-AgentTask
        $defined.Parent | Should -Be @('P', $null, 'P')
        @($defined.Version | Sort-Object -Unique).Count | Should -Be 1
        (Get-AgentTask -Ready).Id | Should -Be @('C', 'E')
        (Test-AgentTask P).Reasons.Code | Should -Be 'ChildrenOpen'
        Get-ErrorId { New-AgentTask X -Parent none-such } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.NewAgentTaskCommand'
    }

    It 'keeps the files of the session''s location' {
        $null = New-Item src -ItemType Directory
        Push-Location src
        (New-AgentTask T-1 -File a.cs, '../docs/*.{md,txt}', 'deep\x').Files | Should -Be @('src/a.cs', 'docs/*.{md,txt}', 'src/deep/x')
        (Set-AgentTask T-1 -File b.cs -PassThru).Files | Should -Be 'src/b.cs'
        Pop-Location
        $workspace = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        (Get-AgentTask T-1 | New-AgentTask -Workspace $workspace.FullName).Files | Should -Be 'src/b.cs'
        Get-ErrorId { New-AgentTask T-2 -File '+(a|b)' } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.NewAgentTaskCommand'
    }

    It 'warns once of a dependency that is no task, and names what may be meant' {
        $null = New-AgentTask 028
        (New-AgentTask B -DependsOn 28, 028 -WarningVariable warned -WarningAction SilentlyContinue).Id | Should -Be 'B'
        "$warned" | Should -Be 'B waits for 28, which is no task (is 028 meant?): not ready before a task of that id is defined and done.'
        $tasks = "Id,DependsOn`nX,Y`nY,028" | ConvertFrom-Csv | New-AgentTask -WarningVariable warned -WarningAction SilentlyContinue
        $tasks.Count | Should -Be 2
        $warned | Should -BeNullOrEmpty
        $null = Get-AgentTask -WarningVariable warned
        $warned | Should -BeNullOrEmpty
    }

    It 'refuses an id that looks like another: <Id>' -TestCases @(
        @{ Id = 't-1' }
        @{ Id = "T-1$([char]0x200b)" }
        @{ Id = "T$([char]0x2011)1" }
        @{ Id = "$([char]0xff34)-1" }
        @{ Id = "$([char]0x422)-1" }
    ) {
        param($Id)
        $null = New-AgentTask T-1
        Get-ErrorId { New-AgentTask $Id } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.NewAgentTaskCommand'
        @(Get-AgentTask).Count | Should -Be 1
    }

    It 'refuses a tag and a swarm that look like others' {
        $null = New-AgentTask T-1 -Tag Backend -Swarm Night
        Get-ErrorId { New-AgentTask T-2 -Tag backend } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.NewAgentTaskCommand'
        Get-ErrorId { New-AgentTask T-2 -Swarm NIGHT } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.NewAgentTaskCommand'
        (New-AgentTask T-2 -Tag Backend -Swarm Night).Swarm | Should -Be 'Night'
    }

    It 'defines a task with all its fields' {
        $task = New-AgentTask T-1 'First' -Agent builder -TaskFile docs/t1.md -Content text -Priority High -DependsOn T-0 -Swarm s -Tag a, b -Requires gpu
        $task | Should -BeOfType TaskLocking.AgentTask
        $found = Get-AgentTask T-1
        $found.Name | Should -Be 'First'
        $found.Agent | Should -Be 'builder'
        $found.TaskFile | Should -Be 'docs/t1.md'
        $found.Content | Should -Be 'text'
        $found.Priority | Should -Be 'High'
        $found.Dependencies | Should -Be @('T-0')
        $found.Swarm | Should -Be 's'
        $found.Tags | Should -Be @('a', 'b')
        $found.Requires | Should -Be @('gpu')
        $found.Status | Should -Be 'Todo'
        $found.Assignee | Should -BeNullOrEmpty
    }

    It 'takes how it is to be done' {
        $null = New-AgentTask T-1 -AllowAgent ann, bob -File src/*.cs, docs/ -MaxAttempt 3 -RetryDelay 10m -TimeLimit 2d -NotBefore '2040-01-02 03:04Z' -NeedsReview
        $task = Get-AgentTask T-1
        $task.AllowedAgents | Should -Be @('ann', 'bob')
        $task.Files[0] | Should -Be 'src/*.cs'
        $task.MaxAttempt | Should -Be 3
        $task.RetryDelay | Should -Be ([timespan]'00:10:00')
        $task.TimeLimit | Should -Be ([timespan]'2.00:00:00')
        $task.NotBefore.UtcDateTime | Should -Be ([datetime]'2040-01-02 03:04')
        $task.NeedsReview | Should -BeTrue
    }

    It 'takes all of that from another workspace, and from a table with empty cells' {
        $null = New-AgentTask T-1 -AllowAgent ann -File a -MaxAttempt 3 -RetryDelay 10m -TimeLimit 2d -NotBefore '2040-01-02' -NeedsReview
        $other = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        $copy = Get-AgentTask | New-AgentTask -Workspace $other.FullName
        $copy.AllowedAgents | Should -Be 'ann'
        $copy.Files | Should -Be 'a'
        $copy.TimeLimit | Should -Be ([timespan]'2.00:00:00')
        $copy.NotBefore | Should -Be (Get-AgentTask T-1).NotBefore
        $copy.NeedsReview | Should -BeTrue
        $task = "Id,MaxAttempt,RetryDelay,TimeLimit,NotBefore,File`nT-2,,,,,`nT-3,2,90s,,," | ConvertFrom-Csv | New-AgentTask
        $task.MaxAttempt | Should -Be @(1, 2)
        $task[1].RetryDelay | Should -Be ([timespan]'00:01:30')
        $task[0].NotBefore | Should -BeNullOrEmpty
    }

    It 'refuses <Text>' -TestCases @(
        @{ Text = 'no attempt'; Parameters = @{ MaxAttempt = 0 }; Code = 'InvalidArgument' }
        @{ Text = 'an endless delay'; Parameters = @{ RetryDelay = '99999999d' }; Code = 'InvalidArgument' }
        @{ Text = 'a limit of nothing'; Parameters = @{ TimeLimit = '0s' }; Code = 'InvalidArgument' }
        @{ Text = 'a time without a unit'; Parameters = @{ TimeLimit = 90 }; Code = 'ParameterArgumentTransformationError' }
        @{ Text = 'a time that is none'; Parameters = @{ NotBefore = 'soon' }; Code = 'CannotConvertArgumentNoMessage' }
    ) {
        param($Parameters, $Code)
        Get-ErrorId { New-AgentTask T-1 @Parameters } | Should -Be "$Code,TaskLocking.PowerShell.NewAgentTaskCommand"
        Get-AgentTask | Should -BeNullOrEmpty
    }

    It 'writes the todo into the Todo2 document' {
        $null = New-AgentTask T-1 -Name 'For the document'
        $null = Sync-TaskWorkspace
        $document = Get-Content .todo2/state.todo2.json -Raw | ConvertFrom-Json
        $document.todos.id | Should -Be 'T-1'
        $document.todos.name | Should -Be 'For the document'
    }

    It 'refuses an id that is defined already and tells its status' {
        $null = New-AgentTask T-1
        $refused = $null
        New-AgentTask T-1 -ErrorVariable refused -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $refused.Count | Should -Be 1
        $refused[0].FullyQualifiedErrorId | Should -Be 'TaskAlreadyDefined,TaskLocking.PowerShell.NewAgentTaskCommand'
        $refused[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $refused[0].TargetObject | Should -Be 'T-1'
        $refused[0].Exception.Refusal.TaskId | Should -Be 'T-1'
    }

    It 'lets the others of a pipeline go on when one is refused' {
        $null = New-AgentTask T-2
        $ids = 'T-1', 'T-2', 'T-3' | New-AgentTask -ErrorAction SilentlyContinue | ForEach-Object Id
        $ids | Should -Be @('T-1', 'T-3')
        (Get-AgentTask).Id | Should -Be @('T-2', 'T-1', 'T-3')
    }

    It 'makes a whole pipeline one commit' {
        $versions = 1..50 | ForEach-Object { "T-$_" } | New-AgentTask | ForEach-Object Version | Sort-Object -Unique
        @($versions).Count | Should -Be 1
    }

    It 'takes <Text> from the pipeline' -TestCases @(
        @{ Text = 'texts'; Given = @('1', '2', '3') }
        @{ Text = 'numbers'; Given = @(1, 2, 3) }
        @{ Text = 'objects with an id'; Given = @(1, 2, 3 | ForEach-Object { [pscustomobject]@{ Id = "$_" } }) }
        @{ Text = 'texts with properties of their own'; Given = @('1', '2', '3' | Add-Member -NotePropertyName ReadCount -NotePropertyValue 1 -PassThru) }
    ) {
        param($Given)
        ($Given | New-AgentTask -Name 'A task' -Tag a -Priority High | ForEach-Object { "$($_.Id) $($_.Name) $($_.Priority)" }) | Should -Be @('1 A task High', '2 A task High', '3 A task High')
    }

    It 'computes from what comes' {
        $null = 1, 2 | New-AgentTask -Id { "T-$_" } -Name { "Task $_" } -Priority Low
        $null = 'U-1' | New-AgentTask -Name { "Task $_" }
        Get-AgentTask | ForEach-Object { "$($_.Id) $($_.Name)" } | Should -Be @('T-1 Task 1', 'T-2 Task 2', 'U-1 Task U-1')
    }

    It 'takes fields by property name, empty cells as not given' {
        $csv = "TaskId,Name,Priority,Swarm,Tags`nT-1,One,High,s,x`nT-2,Two,Low,,"
        $csv | ConvertFrom-Csv | New-AgentTask | Out-Null
        $one, $two = Get-AgentTask T-1, T-2
        $one.Priority | Should -Be 'High'
        $one.Swarm | Should -Be 's'
        $two.Name | Should -Be 'Two'
        $two.Swarm | Should -BeNullOrEmpty
        $two.Tags.Count | Should -Be 0
    }

    It 'defines nothing with -WhatIf' {
        New-AgentTask T-1, T-2 -WhatIf | Should -BeNullOrEmpty
        Get-AgentTask | Should -BeNullOrEmpty
    }

    It 'refuses the id <Text>' -TestCases @(
        @{ Text = 'blank'; Id = ' ' }
        @{ Text = 'with a control character'; Id = "a`tb" }
        @{ Text = 'of 300 characters'; Id = 'x' * 300 }
    ) {
        param($Id)
        Get-ErrorId { New-AgentTask $Id } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.NewAgentTaskCommand'
        Get-AgentTask | Should -BeNullOrEmpty
    }

    It 'takes the strange id <Id>' -TestCases @(
        @{ Id = '../x' }, @{ Id = 'CON' }, @{ Id = 'a/b' }, @{ Id = "$([char]0x436)-1" }, @{ Id = [char]::ConvertFromUtf32(0x1F680) }, @{ Id = 'a[1]*?' }, @{ Id = "it's" }
    ) {
        param($Id)
        (New-AgentTask $Id).Id | Should -Be $Id
        (Get-AgentTask $Id).Id | Should -Be $Id
    }

    It 'refuses a circle of dependencies' {
        $null = New-AgentTask A -DependsOn B
        Get-ErrorId { New-AgentTask B -DependsOn A } | Should -Be 'DependencyCycle,TaskLocking.PowerShell.NewAgentTaskCommand'
    }

    It 'tells wait and hold with -Verbose' {
        $messages = New-AgentTask T-1 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$messages" | Should -Match 'waited [\d.]+ ms, held the state lock [\d.]+ ms'
    }

    It 'writes who made it into the history' {
        $null = New-AgentTask T-1 -By 'night shift'
        $null = Set-AgentTask T-1 -Priority High -By 'day shift'
        (Get-TaskHistory T-1 | Where-Object Field -EQ priority).By | Should -Be 'day shift'
    }

    It 'uses -Workspace, then the variable, then the nearest store upward' {
        $other = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        $null = New-AgentTask T-1 -Workspace $other.FullName
        Get-AgentTask | Should -BeNullOrEmpty
        (Get-AgentTask -Workspace $other.FullName).Id | Should -Be 'T-1'
        try {
            $env:TASKLOCKING_WORKSPACE = $other.FullName
            (Get-AgentTask).Id | Should -Be 'T-1'
        }
        finally {
            $env:TASKLOCKING_WORKSPACE = $null
        }
        $null = New-AgentTask T-2
        $null = New-Item deep/down -ItemType Directory
        Set-Location deep/down
        (Get-AgentTask).Id | Should -Be 'T-2'
        (Get-AgentTask -Workspace ../..).Id | Should -Be 'T-2'
    }

    It 'refuses a workspace that is <Text>' -TestCases @(
        @{ Text = 'not there'; Workspace = './nowhere'; Code = 'PathNotFound' }
        @{ Text = 'on no drive'; Workspace = 'nodrive:/x'; Code = 'PathNotFound' }
        @{ Text = 'of another provider'; Workspace = 'Env:/'; Code = 'InvalidArgument' }
        @{ Text = 'a URI'; Workspace = 'https://host/db'; Code = 'InvalidArgument' }
    ) {
        param($Workspace, $Code)
        Get-ErrorId { New-AgentTask T-1 -Workspace $Workspace } | Should -Be "$Code,TaskLocking.PowerShell.NewAgentTaskCommand"
    }

    It 'uses the file system location while the session stands elsewhere' {
        $null = New-AgentTask T-1
        try {
            Push-Location Env:/
            (Get-AgentTask).Id | Should -Be 'T-1'
        }
        finally {
            Pop-Location
        }
    }

    It 'refuses a state that is not JSON and leaves it as it is' {
        Set-Content .todo2/state.todo2.json '{ "todos": [' -NoNewline
        Get-ErrorId { New-AgentTask T-1 } | Should -Be 'StateCorrupt,TaskLocking.PowerShell.NewAgentTaskCommand'
        Get-Content .todo2/state.todo2.json -Raw | Should -Be '{ "todos": ['
    }
}
