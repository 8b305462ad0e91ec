# A variable that nobody set is never "all". Every parameter of every cmdlet that takes text, or a list, is walked.

BeforeDiscovery {
    . "$PSScriptRoot/Setup.ps1"
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
    # What may be empty, and why.
    $exempt = @{
        'Get-AgentTask -Agent' = 'an empty name asks for anybody, whatever TASKLOCKING_AGENT says'
        'Test-AgentTask -Agent' = 'an empty name asks for anybody, whatever TASKLOCKING_AGENT says'
        'Set-AgentTask -Name' = 'an empty text empties the field, or the engine refuses it'
        'Set-AgentTask -Content' = 'an empty text empties the field'
        'Set-AgentTask -Agent' = 'an empty text empties the field'
        'Set-AgentTask -TaskFile' = 'an empty text empties the field'
        'Set-AgentTask -Swarm' = 'an empty text empties the field'
        'Set-AgentTask -Parent' = 'an empty text takes the task out of its parent'
        'Import-AgentTask -Line' = 'a file may have blank lines'
        'Unregister-Agent -Type' = 'a table has empty cells; which of two is meant is asked where there are two'
    }
    # Where an empty list says that there shall be none.
    $mayBeNone = 'Set-AgentTask -Tag', 'Set-AgentTask -DependsOn', 'Set-AgentTask -Requires', 'Set-AgentTask -AllowAgent', 'Set-AgentTask -File',
    'New-AgentTask -Tag', 'New-AgentTask -DependsOn', 'New-AgentTask -Requires', 'New-AgentTask -AllowAgent', 'New-AgentTask -File',
    'New-AgentTask -WorkspaceFile', 'Register-Agent -Capability'

    $cases = foreach ($command in Get-Command -Module TaskLocking) {
        foreach ($parameter in $command.Parameters.Values) {
            $name = "$command -$($parameter.Name)"
            $isList = $parameter.ParameterType.IsArray
            if ($parameter.Name -in $common -or $exempt[$name] -or -not ($isList -or $parameter.ParameterType -eq [string])) { continue }
            $values = @(@{ Text = '$null'; Value = $null })
            # To a number PowerShell makes 0 of it, which is none of them.
            if ($parameter.ParameterType -notin [int[]], [long[]]) { $values += @{ Text = 'an empty text'; Value = '' } }
            if ($isList -and $name -notin $mayBeNone) { $values += @{ Text = 'an empty list'; Value = @() } }
            if ($isList -and $parameter.ParameterType -eq [string[]]) { $values += @{ Text = 'a list with $null in it'; Value = @('x', $null) } }
            foreach ($value in $values) { @{ Name = $name; Command = $command.Name; Parameter = $parameter.Name } + $value }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters

    # What else the cmdlet must be given so that only this value can be what is wrong.
    function Get-Rest([System.Management.Automation.CommandInfo] $Command, [string] $Parameter) {
        $set = $Command.ParameterSets | Where-Object { $_.Parameters.Name -contains $Parameter } | Select-Object -First 1
        $rest = @{}
        foreach ($other in $set.Parameters | Where-Object { $_.IsMandatory -and $_.Name -ne $Parameter }) {
            $rest[$other.Name] = switch ($other.ParameterType) {
                ([switch]) { $true; break }
                ([scriptblock]) { { 'must not run' }; break }
                ([int]) { 1; break }
                ([int[]]) { 1; break }
                default { 'x' }
            }
        }
        if ($Command.Parameters.ContainsKey('WhatIf')) { $rest.WhatIf = $true }
        $rest
    }

    $binding = '^(ParameterArgumentValidationError\w*|ParameterArgumentTransformationError|CannotConvertArgument\w*),'
}

Describe 'Nothing' {
    BeforeAll { Enter-Workspace }
    AfterAll { Exit-Workspace }

    It 'is refused where it is bound: <Name>, <Text>' -TestCases $cases {
        param($Command, $Parameter, $Value)
        $rest = Get-Rest (Get-Command $Command) $Parameter
        $rest[$Parameter] = $Value
        $ids = @(Get-ErrorId { & $Command @rest })
        $ids.Count | Should -Be 1
        $ids | Should -Match $binding
    }
}

Describe 'A variable that nobody set' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1 -Swarm s -Tag a
        $null = New-AgentTask T-2
        $id = $null
    }
    AfterEach { Exit-Workspace }

    It 'removes nothing' {
        foreach ($id in $null, '', @(), @('T-1', $null)) {
            Get-ErrorId { Get-AgentTask $id | Remove-AgentTask -Force } | Should -Be 'ParameterArgumentValidationError,TaskLocking.PowerShell.GetAgentTaskCommand'
            Get-ErrorId { Remove-AgentTask $id -Force } | Should -Match 'ParameterArgumentValidationError\w*,TaskLocking.PowerShell.RemoveAgentTaskCommand'
        }
        @(Get-AgentTask).Count | Should -Be 2
    }

    It 'is told in a sentence that says what to do' {
        { Get-AgentTask $id } | Should -Throw '*''Id''*$null, which names nothing and never stands for all*Leave the parameter out*'
        { Get-AgentTask -Swarm '' } | Should -Throw '*''Swarm''*empty text*'
        { Get-AgentTask 'T-1', $null } | Should -Throw '*''Id''*Value 2 of 2 is $null or an empty text*'
        { Remove-AgentTask 'T-1', $null } | Should -Throw '*''Id''*Value 2 of 2 is $null or an empty text*'
        { New-AgentTask T-3 -Swarm $id } | Should -Throw '*''Swarm''*names nothing*'
        { Set-AgentTask T-1 -Tag $id } | Should -Throw '*''Tag''*$null*@(), stands for none*'
    }

    It 'ends the item of the pipeline that has it, and no other: <Cmdlet>' -TestCases @(
        @{ Cmdlet = 'GetAgentTask'; Block = { $objects | Get-AgentTask } }
        @{ Cmdlet = 'SetAgentTask'; Block = { $objects | Set-AgentTask -Name x } }
        @{ Cmdlet = 'RemoveAgentTask'; Block = { $objects | Remove-AgentTask } }
        @{ Cmdlet = 'GetTaskHistory'; Block = { $objects | Get-TaskHistory } }
        @{ Cmdlet = 'TestAgentTask'; Block = { $objects | Test-AgentTask } }
        @{ Cmdlet = 'GetTaskAssignment'; Block = { $objects | Get-TaskAssignment } }
        @{ Cmdlet = 'NewAgentTask'; Block = { $objects | New-AgentTask } }
    ) {
        param($Cmdlet, $Block)
        $objects = [pscustomobject]@{ Id = $null }, [pscustomobject]@{ Id = '' }
        $ids = @(Get-ErrorId $Block)
        $ids.Count | Should -Be 2
        $ids | Should -Match "^(ParameterArgumentValidationError\w*|InputObjectNotBound),TaskLocking.PowerShell.${Cmdlet}Command$"
        @(Get-AgentTask).Name | Should -Be @('T-1', 'T-2')
    }

    It 'is a cell that was not filled where a table has it' {
        $made = "Id,Swarm,Tag,Name`nT-3,,,`nT-4,s,a,four" | ConvertFrom-Csv | New-AgentTask
        $made.Swarm | Should -Be @($null, 's')
        $made[1].Tags | Should -Be 'a'
        (New-AgentTask T-5 -Tag @()).Tags.Count | Should -Be 0
    }
}
