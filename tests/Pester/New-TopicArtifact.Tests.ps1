BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'New-TopicArtifact' {
    BeforeEach {
        Enter-Workspace
        $topic = New-TopicDirectory auth
    }
    AfterEach { Exit-Workspace }

    It 'makes the folder when it is first needed, and gives it either way' {
        $topic.ArtifactPaths['plans'] | Should -Not -Exist
        $folder = New-TopicArtifact 1 plans
        $folder | Should -BeOfType System.IO.DirectoryInfo
        $folder.FullName | Should -Be $topic.ArtifactPaths['plans']
        $folder.FullName | Should -Exist
        (New-TopicArtifact 001 plans).FullName | Should -Be $folder.FullName
    }

    It 'takes a piped topic with its root, and several kinds' {
        $elsewhere = New-TopicDirectory x -Root ./mine
        ($elsewhere | New-TopicArtifact -Kind reports, debug).Name | Should -Be @('reports', 'debug')
        'mine/001_x/reports' | Should -Exist
    }

    It 'refuses an unknown kind and an unknown topic' {
        Get-ErrorId { New-TopicArtifact 1 nonsense } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.NewTopicArtifactCommand'
        Get-ErrorId { New-TopicArtifact 7 plans } | Should -Be 'TopicNotFound,TaskLocking.PowerShell.NewTopicArtifactCommand'
    }

    It 'makes nothing with -WhatIf' {
        New-TopicArtifact 1 plans -WhatIf | Should -BeNullOrEmpty
        $topic.ArtifactPaths['plans'] | Should -Not -Exist
    }
}
