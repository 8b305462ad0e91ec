BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Add-TaskNote' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1, T-2
    }
    AfterEach { Exit-Workspace }

    It 'leaves a note that the task and its history show' {
        $task = Add-TaskNote T-1 'see', "src/a.cs`r`n" -By ann -PassThru
        $task.Notes.Count, $task.Notes[0].Kind, $task.Notes[0].Text, $task.Notes[0].By | Should -Be @(1, 'note', "see`nsrc/a.cs", 'ann')
        $entry = Get-TaskHistory T-1 | Select-Object -Last 1
        $entry.Field, $entry.NewValue, $entry.By | Should -Be @('note', "see`nsrc/a.cs", 'ann')
        (Find-AgentTask src/a.cs).Id | Should -Be 'T-1'
        $task | Format-List | Out-String | Should -Match 'Notes\s+: \{see\\nsrc/a.cs\}'
    }

    It 'takes a pipeline as one commit, and is silent' {
        Get-AgentTask | Add-TaskNote -Text both -Kind Result -IfVersion { $_.Version } | Should -BeNullOrEmpty
        $tasks = Get-AgentTask
        $tasks.Result | Should -Be @('both', 'both')
        @($tasks.Version | Sort-Object -Unique).Count | Should -Be 1
    }

    It 'refuses what is no note, and the next goes on' {
        Get-ErrorId { Add-TaskNote none, T-2 n } | Should -Be 'TaskNotFound,TaskLocking.PowerShell.AddTaskNoteCommand'
        (Get-AgentTask T-2).Notes.Text | Should -Be 'n'
        Get-ErrorId { Add-TaskNote T-1 ' ' } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.AddTaskNoteCommand'
        Get-ErrorId { Add-TaskNote T-1 ('x' * 20001) } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.AddTaskNoteCommand'
        (Get-AgentTask T-1).Notes | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        Add-TaskNote T-1 n -WhatIf
        (Get-AgentTask T-1).Notes | Should -BeNullOrEmpty
    }

    It 'is what a result of completed work is' {
        Request-AgentTask -Agent ann -Start | Complete-AgentTask -Result 'one', 'two'
        (Get-AgentTask T-1).Result | Should -Be "one`ntwo"
    }
}
