BeforeDiscovery {
    $verbs = (Import-PowerShellDataFile "$PSScriptRoot/Commands.psd1").Commands
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
}

Describe 'Help of <_>' -ForEach $verbs {
    BeforeAll {
        $name = $_
        $command = Get-Command $name -Module TaskLocking
        $help = Get-Help $name -Full
        $page = Join-Path $RepositoryRoot "en-US/$name.md"
        $expected = $command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
    }

    It 'has a synopsis, a description, two examples and links' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$name"
        "$($help.description.Text)".Length | Should -BeGreaterThan 80
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        @($help.relatedLinks.navigationLink).Count | Should -BeGreaterThan 0
        "$($help.alertSet.alert.Text)" | Should -Not -BeNullOrEmpty
    }

    It 'has a page without anything left to fill in' {
        $page | Should -Exist
        Get-Content $page -Raw | Should -Not -Match '\{\{'
    }

    It 'knows exactly the parameters of the command, in the MAML' {
        $known = $help.parameters.parameter.name | Where-Object { $_ -notin $common } | Sort-Object
        $known | Should -Be $expected
    }

    It 'describes each parameter' {
        foreach ($parameter in $help.parameters.parameter | Where-Object { $_.name -in $expected }) {
            "$($parameter.description.Text)" | Should -Not -BeNullOrEmpty -Because "-$($parameter.name) has to be described"
        }
    }

    It 'knows exactly the parameters of the command, in the Markdown' {
        $known = Select-String -LiteralPath $page -Pattern '^### -(\w+)$' | ForEach-Object { $_.Matches[0].Groups[1].Value } |
            Where-Object { $_ -notin $common } | Sort-Object
        $known | Should -Be $expected
    }

    It 'has the code of its examples where code belongs, as it is typed' {
        foreach ($example in $help.examples.example) {
            "$($example.code)" | Should -Not -BeNullOrEmpty -Because $example.title
            "$($example.code) $($example.introduction.Text) $($example.remarks.Text)" | Should -Not -Match '```|[\x80-\x9f]'
        }
    }

    It 'links by names' {
        $names = @($help.relatedLinks.navigationLink.linkText)
        foreach ($link in $names) { $link | Should -Match '^([A-Z][a-z]+-[A-Z]\w+|about_\w+)$' }
        "$($help.relatedLinks.navigationLink.uri)".Trim() | Should -BeNullOrEmpty
        $names | Where-Object { $_ -notlike 'about_*' -and -not (Get-Command $_ -Module TaskLocking -ErrorAction Ignore) } | Should -BeNullOrEmpty
    }

    It 'tells types, words and defaults as people read them' {
        foreach ($parameter in $help.parameters.parameter | Where-Object { $_.name -in $expected }) {
            "$($parameter.type.name)" | Should -Match '^\w+(\[\])?$' -Because "-$($parameter.name) has a type"
            $type = $command.Parameters[$parameter.name].ParameterType
            if ($type.IsEnum) {
                "$($parameter.description.Text)" | Should -BeLike "*Accepted values: $([enum]::GetNames($type) -join ', ').*"
                "$($parameter.defaultValue)" | Should -BeIn (@([enum]::GetNames($type)) + 'None')
            }
        }
    }

    It 'says the same in the Markdown and in the MAML' {
        $text = (Get-Content -LiteralPath $page -Raw) -replace '\\' -replace '\s+', ' '
        $text | Should -BeLike "*$([WildcardPattern]::Escape(($help.Synopsis -replace '\s+', ' ').Trim()))*"
    }
}

Describe 'The syntax' {
    It 'of New-AgentTask begins with the one that people type' {
        (Get-Command New-AgentTask).ParameterSets[0].Parameters | Where-Object Position -EQ 0 | ForEach-Object Name | Should -Be 'Id'
        @((Get-Command New-AgentTask -Syntax) -split '\r?\n' | Where-Object { $_ })[0] | Should -BeLike 'New-AgentTask ?-Id? <string?*'
        @((Get-Help New-AgentTask).syntax.syntaxItem)[0].parameter.name | Should -Contain 'Id'
    }
}

Describe 'The help online' {
    It 'is not there yet, which is told' {
        { Get-Help New-AgentTask -Online -ErrorAction Stop } | Should -Throw '*online version*'
    }
}

Describe 'The about topic' {
    It 'is found by Get-Help' {
        Get-Help about_TaskLocking | Out-String | Should -Match 'TASKLOCKING_WORKSPACE'
        Get-Help about_TaskLocking_Troubleshooting | Out-String | Should -Match 'FILES KEPT ASIDE'
        Get-Help about_TaskLocking_Scheduling | Out-String | Should -Match 'STATES OF A TASK'
        Get-Help about_TaskLocking_Topics | Out-String | Should -Match 'the only one in the whole'
        Get-Help about_TaskLocking_PostgreSql | Out-String | Should -Match 'SET IT UP'
        Get-Help about_TaskLocking_Server | Out-String | Should -Match 'PROGRAMS: tasklock serve'
        Get-Help about_TaskLocking_Worktrees | Out-String | Should -Match 'one board'
        Get-Help about_TaskLocking_Promises | Out-String | Should -Match 'WHAT IS NOT PROMISED'
        Get-Help about_TaskLocking_Measured | Out-String | Should -Match 'SEE IT SURVIVE'
        Get-Help about_TaskLocking_Design | Out-String | Should -Match 'THE STORE'
    }

    It 'draws the states in the notes of Start-AgentTask, line by line' {
        (Get-Help Start-AgentTask -Full | Out-String) -split '\r?\n' | Where-Object { $_ -match '^\s*Todo\s+Start-AgentTask\s+In Progress' } |
            Should -Not -BeNullOrEmpty
    }
}
