BeforeAll {
    . "$PSScriptRoot/Setup.ps1"

    function Get-Completion([string] $Line) {
        [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
    }
}

Describe 'Completion' {
    BeforeAll {
        Enter-Workspace
        $null = 'T-1', 'T-2', 'with space', "it's" | New-AgentTask -Swarm alpha
        $null = New-AgentTask U-1 -Swarm beta
        Grant-TaskAssignment T-1 ann
        Grant-TaskAssignment T-2 human:bob
        $null = Register-Agent zoe
        $null = Register-Agent max -Capability gpu
        $null = New-AgentTask V-1 -DependsOn T-1, U-1 -Tag back -Requires cpu
        $null = New-AgentTask V-2 -Tag front
        $null = New-AgentTask V-3
        Set-AgentTask V-2 -Status Review
        Set-AgentTask V-3 -Status Failed
        Set-AgentTask V-1 -Status InProgress
        $null = New-TopicDirectory 'parser design'
        $null = Lock-AgentFile src/a.cs, 'src/**/*.md' -Agent zoe
    }
    AfterAll { Exit-Workspace }

    It 'completes <Line>' -TestCases @(
        @{ Line = 'Get-AgentTask T-'; Expected = 'T-1', 'T-2' }
        @{ Line = 'Set-AgentTask -Id u'; Expected = @('U-1') }
        @{ Line = 'Lock-AgentTask wi'; Expected = @("'with space'") }
        @{ Line = "Remove-AgentTask 'wi"; Expected = @("'with space'") }
        @{ Line = 'Get-TaskHistory it'; Expected = @("'it''s'") }
        @{ Line = 'Get-AgentTask -Assignee '; Expected = 'ann', 'bob' }
        @{ Line = 'Revoke-TaskAssignment T-1 -Assignee b'; Expected = @('bob') }
        @{ Line = 'Get-AgentTask -Swarm '; Expected = 'alpha', 'beta' }
        @{ Line = 'New-TopicArtifact 1 p'; Expected = @('plans') }
        @{ Line = 'New-AgentTask x -DependsOn T-'; Expected = 'T-1', 'T-2' }
        @{ Line = 'Test-AgentTask T-'; Expected = 'T-1', 'T-2' }
        @{ Line = 'Add-TaskDependency T-1 -DependsOn u'; Expected = @('U-1') }
        @{ Line = 'Complete-AgentTask T-1 -Agent '; Expected = 'ann', 'bob', 'max', 'zoe' }
        @{ Line = 'Get-Agent z'; Expected = @('zoe') }
        @{ Line = 'New-AgentTask x -AllowAgent z'; Expected = @('zoe') }
        @{ Line = 'Get-TaskProgress b'; Expected = @('beta') }
        @{ Line = 'Request-AgentTask -Swarm a'; Expected = @('alpha') }
        @{ Line = 'Unlock-AgentFile src/a'; Expected = @('src/a.cs') }
        @{ Line = 'Unlock-AgentFile src/*m'; Expected = @("'src/**/*.md'") }
        @{ Line = 'New-AgentTask x -Priority Cr'; Expected = @('Critical') }
        @{ Line = 'Get-AgentTask -Tag '; Expected = 'back', 'front' }
        @{ Line = 'New-AgentTask x -Tag b'; Expected = @('back') }
        @{ Line = 'New-AgentTask x -Requires '; Expected = 'cpu', 'gpu' }
        @{ Line = 'Request-AgentTask -Agent ann -Capability g'; Expected = @('gpu') }
        @{ Line = 'Get-Agent -Capability '; Expected = 'cpu', 'gpu' }
        @{ Line = 'Get-TopicDirectory p'; Expected = @('parser_design') }
        @{ Line = 'Get-TaskLockMetric sta'; Expected = @('state') }
        @{ Line = 'Get-TaskLockMetric -Holder zo'; Expected = @('zoe') }
        @{ Line = 'Start-AgentTask '; Expected = 'T-1', 'T-2' }
        @{ Line = 'Complete-AgentTask '; Expected = 'V-1', 'V-2' }
        @{ Line = 'Restart-AgentTask '; Expected = @('V-3') }
        @{ Line = 'Deny-AgentTask '; Expected = @('V-2') }
        @{ Line = 'Revoke-TaskAssignment T'; Expected = 'T-1', 'T-2' }
        @{ Line = 'Remove-TaskDependency V-1 -DependsOn '; Expected = 'T-1', 'U-1' }
        @{ Line = 'Remove-TaskDependency V-1 '; Expected = 'T-1', 'U-1' }
        @{ Line = 'Unlock-AgentTask V-'; Expected = 'V-1', 'V-2', 'V-3' }
    ) {
        param($Line, $Expected)
        (Get-Completion $Line | Sort-Object) | Should -Be @($Expected)
    }

    It 'uses the workspace of the command' {
        $other = New-Item (Join-Path $TestDrive 'other') -ItemType Directory
        $null = New-AgentTask T-elsewhere -Workspace $other.FullName
        Get-Completion "Get-AgentTask -Workspace '$($other.FullName)' -Id T-" | Should -Be 'T-elsewhere'
    }
}
