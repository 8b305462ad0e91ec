BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Unlock-AgentFile' {
    BeforeEach {
        Enter-Workspace
        $null = Lock-AgentFile a, b, 'src/*.cs' -Agent ann
        $null = Lock-AgentFile x -Agent bob
    }
    AfterEach { Exit-Workspace }

    It 'frees the agent''s own, and tells what with -PassThru' {
        Unlock-AgentFile a -Agent ann | Should -BeNullOrEmpty
        (Unlock-AgentFile src/*.cs -Agent ann -PassThru).Path | Should -Be 'src/*.cs'
        (Get-AgentFileLock -Agent ann).Path | Should -Be 'b'
    }

    It 'finds no error in a path on which nobody has a lease' {
        Unlock-AgentFile nobody -Agent ann -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'refuses what somebody else has, and then frees nothing' {
        $ids = Get-ErrorId { 'a', 'x' | Unlock-AgentFile -Agent ann }
        $ids | Should -Be @('NotOwner,TaskLocking.PowerShell.UnlockAgentFileCommand', 'BatchRefused,TaskLocking.PowerShell.UnlockAgentFileCommand')
        @(Get-AgentFileLock).Count | Should -Be 4
        $refusal = Get-Refusal { Unlock-AgentFile x -Agent ann }
        $refusal.Agent | Should -Be 'bob'
        $refusal.Path | Should -Be 'x'
    }

    It 'frees anybody''s with -Force' {
        Get-AgentFileLock -Agent bob | Unlock-AgentFile -Agent ann -Force
        Get-AgentFileLock -Agent bob | Should -BeNullOrEmpty
    }

    It 'frees what a piped lease says, also where somebody said another path' {
        $null = New-Item app -ItemType Directory
        Set-Content -LiteralPath 'app/[id].tsx' 1
        $lease = Lock-AgentFile -LiteralPath 'app/[id].tsx' -Agent ann
        $lease.Path | Should -Be 'app/[id].tsx'
        $freed = Get-AgentFileLock -Agent ann | Where-Object Path -Like 'app/*' | Unlock-AgentFile -Agent ann -PassThru
        $freed.Path | Should -Be 'app/[id].tsx'
        $other = Get-AgentFileLock a | Add-Member -NotePropertyName Path -NotePropertyValue b -Force -PassThru
        ($other | Unlock-AgentFile -Agent ann -PassThru).Path | Should -Be 'b'
    }

    It 'frees everything of the agent with -All, and nothing when the pipeline brings nothing' {
        @() | Unlock-AgentFile -Agent ann
        Get-AgentFileLock -Agent nobody | Unlock-AgentFile -Agent ann
        @(Get-AgentFileLock -Agent ann).Count | Should -Be 3
        (Unlock-AgentFile -All -Agent ann -PassThru).Path | Sort-Object | Should -Be @('a', 'b', 'src/*.cs')
        (Get-AgentFileLock).Agent | Should -Be 'bob'
    }

    It 'frees nothing with -WhatIf' {
        Unlock-AgentFile a -Agent ann -WhatIf
        Unlock-AgentFile -All -Agent ann -WhatIf
        @(Get-AgentFileLock).Count | Should -Be 4
    }
}
