@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        # Blocks (of Pester, and of ForEach-Object) read what other blocks set; the analyser does not follow them.
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSReviewUnusedParameter'
        # Programs have positional arguments, and examples read better with them.
        'PSAvoidUsingPositionalParameters'
        # The functions of the scripts are no commands of a module.
        'PSUseShouldProcessForStateChangingFunctions'
        'PSUseSingularNouns'
    )
}
