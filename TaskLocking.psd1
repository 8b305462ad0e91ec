@{
    # Core or Desktop: a string costs every import some milliseconds less than a condition.
    RootModule           = "bin/$PSEdition/TaskLocking.PowerShell.dll"
    ModuleVersion        = '0.1.0'
    GUID                 = '0b4057b4-55c7-4d35-9c07-e1cb322e4e44'
    Author               = 'TaskLocking contributors'
    CompanyName          = 'TaskLocking contributors'
    Copyright            = '(c) TaskLocking contributors'
    Description          = 'Locks, tasks and topic numbers for fleets of agents and scripts that share one folder: one winner, nothing lost, no lock left behind.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    TypesToProcess       = @('bin/TaskLocking.Types.ps1xml')
    FormatsToProcess     = @('bin/TaskLocking.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Add-TaskDependency'
        'Add-TaskNote'
        'Approve-TaskWorkspace'
        'Clear-TaskLockMetric'
        'Complete-AgentTask'
        'Compress-AgentTask'
        'Deny-AgentTask'
        'Expand-AgentTask'
        'Export-AgentTask'
        'Find-AgentTask'
        'Get-Agent'
        'Get-AgentFileLock'
        'Get-AgentResource'
        'Get-AgentSwarm'
        'Get-AgentTask'
        'Get-AgentWork'
        'Get-TaskAssignment'
        'Get-TaskAssignmentRun'
        'Get-TaskHistory'
        'Get-TaskLockMetric'
        'Get-TaskProgress'
        'Get-TopicDirectory'
        'Grant-TaskAssignment'
        'Import-AgentTask'
        'Initialize-TaskDatabase'
        'Invoke-AgentTaskHook'
        'Invoke-AgentWork'
        'Invoke-TaskAssignment'
        'Lock-AgentFile'
        'Lock-AgentResource'
        'Lock-AgentTask'
        'Measure-TaskLocking'
        'Move-TaskWorkspace'
        'New-AgentTask'
        'New-TopicArtifact'
        'New-TopicDirectory'
        'Register-Agent'
        'Remove-AgentTask'
        'Remove-TaskDependency'
        'Remove-TopicReservation'
        'Repair-TopicDirectory'
        'Request-AgentTask'
        'Restart-AgentTask'
        'Resume-AgentSwarm'
        'Revoke-TaskAssignment'
        'Set-AgentTask'
        'Start-AgentTask'
        'Stop-AgentSwarm'
        'Submit-TaskFailure'
        'Suspend-AgentSwarm'
        'Sync-TaskWorkspace'
        'Test-AgentFile'
        'Test-AgentTask'
        'Test-TaskGraph'
        'Test-TaskWorkspace'
        'Test-TopicDirectory'
        'Unlock-AgentFile'
        'Unlock-AgentResource'
        'Unlock-AgentTask'
        'Unregister-Agent'
        'Update-TaskLease'
        'Wait-AgentTask'
        'Watch-AgentTask'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('Task', 'Lock', 'Agent', 'Orchestration', 'Todo', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            # ProjectUri is written by whoever packs it and knows the place: ./build.ps1 Pack -ProjectUri …
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'The first version. It takes the Todo2 documents, lock files and topic folders of older tools as they are.'
        }
    }
}
