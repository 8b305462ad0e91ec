@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        # Pester's blocks set variables that other blocks read.
        'PSUseDeclaredVarsMoreThanAssignments'
        # The functions of the suite are no commands of a module.
        'PSUseShouldProcessForStateChangingFunctions'
        'PSUseSingularNouns'
    )
}
