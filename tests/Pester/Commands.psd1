@{
    # Every cmdlet that the module must have, in order.
    Commands = @(
        'Get-AgentTask'
        'Get-TaskAssignment'
        'Get-TaskHistory'
        'Get-TopicDirectory'
        'Grant-TaskAssignment'
        'Lock-AgentTask'
        'New-AgentTask'
        'New-TopicArtifact'
        'New-TopicDirectory'
        'Remove-AgentTask'
        'Revoke-TaskAssignment'
        'Set-AgentTask'
        'Sync-TaskWorkspace'
        'Test-TaskWorkspace'
        'Test-TopicDirectory'
        'Unlock-AgentTask'
    )
}
