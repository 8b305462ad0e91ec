BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Get-TopicDirectory' {
    BeforeAll {
        Enter-Workspace
        $null = 'auth flow', 'billing', 'auth tokens' | New-TopicDirectory
        $null = New-TopicDirectory other -Root ./a/specs
        $null = New-TopicDirectory other -Root ./b/specs
    }
    AfterAll { Exit-Workspace }

    It 'lists topics by number' {
        (Get-TopicDirectory).Number | Should -Be @('001', '002', '003')
    }

    It 'selects by name, wildcards ignoring case' {
        (Get-TopicDirectory AUTH*).Number | Should -Be @('001', '003')
        (Get-TopicDirectory billing).Number | Should -Be @('002')
        Get-TopicDirectory none | Should -BeNullOrEmpty
    }

    It 'selects by number and says which is not there' {
        (Get-TopicDirectory -Number 3, 1).Number | Should -Be @('003', '001')
        Get-ErrorId { Get-TopicDirectory -Number 9 } | Should -Be 'TopicNotFound,TaskLocking.PowerShell.GetTopicDirectoryCommand'
    }

    It 'reads several roots by a wildcard, or one as written' {
        @(Get-TopicDirectory -Path ./*/specs).Count | Should -Be 2
        @(Get-TopicDirectory -Root ./a/specs).Count | Should -Be 1
        @(Get-Item ./b/specs | Get-TopicDirectory).Count | Should -Be 1
        @(Get-TopicDirectory -LiteralPath ./a/specs).Count | Should -Be 1
    }

    It 'says that a root is not there' {
        Get-ErrorId { Get-TopicDirectory -Path ./nowhere } | Should -Be 'PathNotFound,TaskLocking.PowerShell.GetTopicDirectoryCommand'
    }

    It 'has no topics where there is no root, and makes none' {
        $empty = New-Item (Join-Path $TestDrive 'no-topics') -ItemType Directory
        Get-TopicDirectory -Workspace $empty.FullName | Should -BeNullOrEmpty
        Get-ChildItem $empty.FullName -Force | Should -BeNullOrEmpty
    }
}
