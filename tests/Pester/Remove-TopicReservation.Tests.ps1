BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Remove-TopicReservation' -Skip:(-not (Get-Command git -ErrorAction Ignore)) {
    BeforeEach {
        Enter-Workspace
        git init -q -b main .
        $null = New-Item specs -ItemType Directory
        Remove-Item (New-TopicDirectory never).Path -Recurse -Force
        $null = New-TopicDirectory kept
    }
    AfterEach { Exit-Workspace }

    It 'lists what is reserved and not used, and gives it back by number' {
        $listed = Remove-TopicReservation
        $listed | Should -BeOfType TaskLocking.TopicReservation
        $listed.Number | Should -Be '001'
        $listed.Name | Should -Be 'never'
        $listed.Released | Should -BeFalse
        $listed | Out-String | Should -Match '001\s+never'
        (Remove-TopicReservation 1 -WhatIf).Released | Should -BeFalse
        ($listed | Remove-TopicReservation).Released | Should -BeTrue
        Remove-TopicReservation | Should -BeNullOrEmpty
    }

    It 'goes by age, and keeps what a topic has' {
        (Remove-TopicReservation -OlderThan 1d).Released | Should -BeFalse
        (Remove-TopicReservation -OlderThan 0s).Released | Should -BeTrue
        Get-ErrorId { Remove-TopicReservation 2 } | Should -Be 'StatusConflict,TaskLocking.PowerShell.RemoveTopicReservationCommand'
        Get-ErrorId { Remove-TopicReservation 9 } | Should -Be 'TopicNotFound,TaskLocking.PowerShell.RemoveTopicReservationCommand'
    }
}
