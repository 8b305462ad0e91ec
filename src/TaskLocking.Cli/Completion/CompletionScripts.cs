namespace TaskLocking.Cli.Completion;

/// <summary>
/// What a shell reads to complete <c>tasklock</c>: a few lines that ask the command itself, each time, for the words that fit. It is asked
/// by the name that was typed, and whatever it has to say on standard error is dropped.
/// </summary>
internal static class CompletionScripts
{
    public const string Bash = """
        # Completion of tasklock for bash.
        _tasklock_take() {
            local word
            while IFS= read -r word; do COMPREPLY+=("$word"); done
        }
        _tasklock() {
            local kind
            COMPREPLY=()
            {
                IFS= read -r kind
                case $kind in
                    words) _tasklock_take ;;
                    files) _tasklock_take < <(compgen -f -- "$2"); compopt -o filenames 2> /dev/null ;;
                    folders) _tasklock_take < <(compgen -d -- "$2"); compopt -o filenames 2> /dev/null ;;
                    commands) _tasklock_take < <(compgen -c -- "$2" | sort -u) ;;
                esac
            } < <("$1" suggest-words bash "$COMP_WORDBREAKS" "${COMP_LINE:0:COMP_POINT}" 2> /dev/null)
            return 0
        }
        complete -F _tasklock tasklock

        """;

    public const string Zsh = """
        #compdef tasklock
        # Completion of tasklock for zsh.
        _tasklock() {
            local -a lines shown
            local line
            lines=("${(@f)$(${(Q)words[1]} suggest-words zsh "${(@Q)words[2,CURRENT-1]}" "=${(Q)PREFIX}" 2> /dev/null)}")
            case $lines[1] in
                files) _files ;;
                folders) _files -/ ;;
                commands) _command_names -e ;;
                words)
                    for line in "${(@)lines[2,-1]}"; do
                        shown+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
                    done
                    (( ${#shown} )) && _describe -t values tasklock shown
                    ;;
            esac
        }
        if [[ ${funcstack[1]} = _tasklock ]]; then _tasklock; else compdef _tasklock tasklock; fi

        """;

    public const string Fish = """
        # Completion of tasklock for fish.
        function __tasklock_words
            set -l words (commandline -opc)
            set -l typed (commandline -ct)
            set -l lines ($words[1] suggest-words fish $words[2..-1] "=$typed" 2> /dev/null)
            switch "$lines[1]"
                case files
                    __fish_complete_path "$typed"
                case folders
                    __fish_complete_directories "$typed"
                case commands
                    __fish_complete_subcommand --fcs-skip=(count $words)
                case words
                    printf '%s\n' $lines[2..-1]
            end
        end
        complete -c tasklock -f -a '(__tasklock_words)'

        """;

    public const string PowerShell = """
        # Completion of tasklock for PowerShell.
        Register-ArgumentCompleter -Native -CommandName tasklock -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            # Whole words; the one that is being typed is told apart.
            $words = @(foreach ($element in $commandAst.CommandElements) {
                if ($element.Extent.EndOffset -ge $cursorPosition) { continue }
                if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value }
                else { $element.Extent.Text }
            })
            $before = @($words | Select-Object -Skip 1)
            $kind, $lines = & $words[0] suggest-words pwsh @before "=$($wordToComplete.Trim("'", '"'))" 2> $null
            if ($kind -ne 'words') { return }
            foreach ($line in $lines) {
                $value, $tip = $line -split "`t", 2
                if (-not $tip) { $tip = $value }
                [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $tip)
            }
        }

        """;
}
