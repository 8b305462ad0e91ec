BeforeDiscovery {
    . "$PSScriptRoot/Setup.ps1"
    $noIds = @(
        @{ Text = 'a hashtable'; Given = @{ Id = 'T-1' } }
        @{ Text = 'an object without an id'; Given = [pscustomobject]@{ Name = 'x' } }
        @{ Text = 'a file'; Given = Get-Item $PSScriptRoot }
        @{ Text = 'a list from a CSV file'; Given = 'System.String[]' }
        @{ Text = 'a list of things from a CSV file'; Given = 'System.Collections.Generic.List`1[System.String]' }
        @{ Text = 'an object with a list from a CSV file'; Given = [pscustomobject]@{ Id = 'System.Object[]' } }
    )
}

BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'What is no id' {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-1
    }
    AfterEach { Exit-Workspace }

    It 'is refused from the pipeline: <Text>' -TestCases $noIds {
        param($Given)
        foreach ($block in { $Given | New-AgentTask }, { $Given | Get-AgentTask }, { $Given | Set-AgentTask -Name y }, { $Given | Remove-AgentTask },
            { $Given | Grant-TaskAssignment -Assignee ann }, { $Given | Start-AgentTask -Agent ann }, { $Given | Lock-AgentTask }, { $Given | Test-AgentTask }) {
            Get-ErrorId $block | Should -Match '^(ParameterArgumentTransformationError|InputObjectNotBound|AmbiguousParameterSet),TaskLocking'
        }
        (Get-AgentTask).Name | Should -Be 'T-1'
    }

    It 'is refused as an argument, with what to do: <Text>' -TestCases @(
        @{ Text = 'a hashtable'; Given = @{ Id = 'T-1' }; Expected = '*hashtable is no id*$it.Id*' }
        @{ Text = 'an object without an id'; Given = [pscustomobject]@{ Name = 'x' }; Expected = '*PSCustomObject has no Id*' }
        @{ Text = 'one of several'; Given = @('T-1', @{ Id = 'T-1' }); Expected = '*hashtable is no id*' }
        @{ Text = 'a list from a CSV file'; Given = 'System.String[]'; Expected = '*becomes in a CSV file*-join*' }
    ) {
        param($Given, $Expected)
        { Set-AgentTask $Given -Name y } | Should -Throw $Expected
        { New-AgentTask $Given } | Should -Throw $Expected
        { Add-TaskDependency T-1 $Given } | Should -Throw $Expected
        (Get-AgentTask).Name | Should -Be 'T-1'
    }

    It 'is not what has one' {
        Set-AgentTask (Get-AgentTask T-1) -Name a
        (Get-AgentTask T-1).Name | Should -Be 'a'
        Set-AgentTask ([pscustomobject]@{ TaskId = 'T-1' }) -Name b
        (Get-AgentTask T-1).Name | Should -Be 'b'
        @(New-AgentTask 7, ([guid]::Empty)).Id | Should -Be @('7', ([guid]::Empty).ToString())
    }
}

Describe 'A round trip through <Form>' -ForEach @(
    @{ Form = 'CSV'; Copy = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
    @{ Form = 'JSON'; Copy = { $_ | ConvertTo-Json -Depth 3 | ConvertFrom-Json } }
    @{ Form = 'a job'; Copy = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 3)) } }
) {
    BeforeEach {
        Enter-Workspace
        $null = New-AgentTask T-0
        $full = New-AgentTask T-1 -Name one -Agent zoe -TaskFile t.md -Content 'some, text' -Priority High -DependsOn T-0 -Swarm s -Tag a, b -Requires c, d `
            -AllowAgent ann, bob -File 'src/*.cs', 'a.md' -MaxAttempt 3 -RetryDelay 90s -TimeLimit 2d -NotBefore '2040-01-02 03:04Z' -NeedsReview
        $other = (New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))) -ItemType Directory).FullName
        $null = New-AgentTask T-0 -Workspace $other
    }
    AfterEach { Exit-Workspace }

    It 'makes the same task again' {
        $made = $full | ForEach-Object $Copy | New-AgentTask -Workspace $other
        foreach ($field in 'Id', 'Name', 'Agent', 'TaskFile', 'Content', 'Priority', 'Dependencies', 'Swarm', 'Tags', 'Requires', 'AllowedAgents', 'Files',
            'MaxAttempt', 'RetryDelay', 'TimeLimit', 'NotBefore', 'NeedsReview') {
            $made.$field | Should -Be $full.$field -Because "$field went along"
        }
        $made.Workspace | Should -Be $other
        ($full | ForEach-Object $Copy | Set-AgentTask -PassThru).Version | Should -Be $full.Version
    }

    It 'keeps a task that has next to nothing' {
        $bare = Get-AgentTask T-0 | ForEach-Object $Copy
        $made = $bare | Add-Member Id T-9 -Force -PassThru | New-AgentTask -Workspace $other
        $made.Tags.Count + $made.Files.Count | Should -Be 0
        $made.NeedsReview | Should -BeFalse
        $made.RetryDelay, $made.Swarm | Should -Be @($null, $null)
    }

    It 'does not take a list for a text with commas' {
        $null = New-AgentTask T-2 -File 'a, b.md' -Tag 'x, y'
        (Get-AgentTask T-2).Tags | Should -Be 'x, y'
        $made = Get-AgentTask T-2 | New-AgentTask -Workspace $other
        $made.Files | Should -Be 'a, b.md'
        $made.Tags.Count | Should -Be 1
    }
}

Describe 'Set-AgentTask' {
    BeforeEach {
        Enter-Workspace
        $null = 'T-1', 'T-2' | New-AgentTask
    }
    AfterEach { Exit-Workspace }

    It 'takes fields by property name' {
        [pscustomobject]@{ Id = 'T-1'; Priority = 'High'; Name = 'n'; Tag = 'a', 'b'; RetryDelay = '90s' } | Set-AgentTask
        $task = Get-AgentTask T-1
        $task.Priority, $task.Name, $task.RetryDelay.TotalSeconds | Should -Be @('High', 'n', 90)
        $task.Tags | Should -Be @('a', 'b')
    }

    It 'refuses what became of a list in a CSV file' {
        Get-ErrorId { [pscustomobject]@{ Id = 'T-1'; Tag = 'System.String[]' } | Set-AgentTask } | Should -Be 'InvalidArgument,TaskLocking.PowerShell.SetAgentTaskCommand'
        Get-ErrorId { [pscustomobject]@{ Id = 'T-3'; Tag = 'System.String[]' } | New-AgentTask } |
            Should -Be 'ParameterArgumentTransformationError,TaskLocking.PowerShell.NewAgentTaskCommand'
        @(Get-AgentTask).Count | Should -Be 2
    }

    It 'warns once when nothing is named to change' {
        Get-AgentTask | Set-AgentTask -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Be 'Nothing is named to change on T-1, T-2. Name a field, for example -Priority High.'
        Get-AgentTask | Set-AgentTask -Priority Medium -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeNullOrEmpty
    }
}
