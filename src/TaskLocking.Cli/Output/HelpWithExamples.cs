using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Linq;
using TaskLocking.Cli.Commands;

namespace TaskLocking.Cli.Output;

/// <summary>The help of a command, followed by remarks and examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        if (command is TasklockCommand { Remarks.Length: > 0 } one)
            output.Write(one.Remarks + "\n\n");
        output.Write("Examples:\n" + string.Concat(ArgumentFault.Examples(command).Select(example => $"  {example}\n")));
        return code;
    }
}
