using System;
using System.CommandLine;
using System.IO;
using System.Runtime.CompilerServices;
using TaskLocking.Cli.Commands;
using TaskLocking.Cli.Completion;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;

namespace TaskLocking.Cli;

/// <summary>
/// One run: arguments in, exit code out. 0 is success, 1 an unexpected fault, 2 to 11 a refusal by <see cref="RefusalTable"/>, 12 a
/// promise that <c>stress</c> saw broken, 13 an answer that nobody took and that was undone, 130 a wait that Ctrl+C ended; <c>lock</c>
/// passes the exit code of its command on. What the store did decides, not whether it could be printed.
/// </summary>
internal static class Application
{
    private const int Unexpected = 1;

    private static readonly ParserConfiguration Parser = new()
    {
        // An id may look like anything: "@notes" is no file of arguments and "-ab" is not "-a -b".
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    public static int Run(string[] args)
    {
        StandardStream.Secure();
        var opensMany = Asks(args, CheckCommand.Verb) || Asks(args, StressCommand.Verb);
        return DescriptorRoom.IsTooSmall(opensMany) ? DescriptorRoom.Refuse(Asks(args, GlobalOptions.JsonName)) : Begin(args);
    }

    // By itself, since what it needs is loaded with it, from files.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Begin(string[] args)
    {
        if (args is [FileHolder.Verb, var path])
            return FileHolder.Hold(path);
        if (args is [StressProcess.Verb, .. var order])
            return StressProcess.Work(order);
        if (args is [WordSuggestion.Verb, .. var words])
            return WordSuggestion.Answer(words);
        var failure = new FailureReport(Asks(args, GlobalOptions.JsonName));
        try
        {
            var parsed = Parse(args);
            return (ArgumentFault.NotUtf8(parsed, args) ?? ArgumentFault.Find(parsed)) is { } fault
                ? failure.Tell(new Refusal(RefusalCode.InvalidArgument, fault))
                : Answer(parsed);
        }
        catch (TaskLockingException refused)
        {
            return failure.Tell(refused.Refusal);
        }
        catch (OperationCanceledException)
        {
            return failure.TellCancelled();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            failure.TellUnexpected(fault, Asks(args, GlobalOptions.VerboseName));
            return Unexpected;
        }
    }

    /// <summary>Does what was asked. Help and version go through the text here; commands answer by themselves.</summary>
    public static int Answer(ParseResult parsed)
    {
        using var text = new StringWriter();
        var exitCode = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = text });
        StandardOutput.Text(text.ToString());
        return exitCode;
    }

    private static ParseResult Parse(string[] args)
    {
        if (args.Length == 0)
            args = ["--help"];
        var parsed = CommandTree.For(args).Parse(args, Parser);
        // What went wrong can only be said by a tree that has every command.
        return parsed is { Errors.Count: 0, Action: not null } ? parsed : CommandTree.Whole().Parse(args, Parser);
    }

    private static bool Asks(string[] args, string option)
    {
        var end = Array.IndexOf(args, "--");
        return Array.IndexOf(args, option, 0, end < 0 ? args.Length : end) >= 0;
    }
}
