using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>What went wrong, on standard error: a sentence each for a person, one object for a program. Gives the exit code.</summary>
/// <param name="json">For a program.</param>
/// <param name="hint">What a person may have meant, behind the sentence of a refusal.</param>
internal sealed class FailureReport(bool json, Func<Refusal, string>? hint = null)
{
    private const int Unheard = 13;
    private const int Interrupted = 128 + 2;

    public int Tell(Refusal refusal, string? deed = null) => Tell([refusal], deed);

    /// <summary>Tells each refusal; the first decides the exit code. None at all is success.</summary>
    public int Tell(IReadOnlyList<Refusal> refusals, string? deed = null)
    {
        if (refusals.Count == 0)
            return 0;
        if (json)
            StandardError.Json(writer => RefusalJson.Write(writer, refusals, deed));
        else
            StandardError.Lines(refusals.Select(refusal =>
                Sentence(refusal, isAlone: refusals.Count == 1) + hint?.Invoke(refusal)));
        return RefusalTable.ExitCode(refusals[0].Code);
    }

    /// <summary>A wait that a signal ended before anything was changed.</summary>
    public int TellCancelled(int exitCode = Interrupted)
    {
        Tell("Cancelled", "Cancelled while waiting; nothing was changed.", null);
        return exitCode;
    }

    /// <summary>What was done was undone, or left undone, because nobody took the answer that alone tells of it.</summary>
    /// <param name="sentence">What that was.</param>
    public int TellUnheard(string sentence)
    {
        Tell("AnswerNotWritten", sentence, null);
        return Unheard;
    }

    public void TellUnexpected(Exception fault, bool verbose) =>
        Tell("Unexpected", fault.Message.ReplaceLineEndings(" "), verbose ? fault.ToString() : null);

    private void Tell(string code, string sentence, string? detail)
    {
        if (!json)
        {
            if (detail is null)
                StandardError.Line(sentence);
            else
                StandardError.Line(sentence, detail);
            return;
        }
        StandardError.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("success", false);
            writer.WriteString("code", code);
            writer.WriteString("message", sentence);
            if (detail is not null)
                writer.WriteString("detail", detail);
            writer.WriteEndObject();
        });
    }

    // Of several the sentence alone may not say which one it is about.
    private static string Sentence(Refusal refusal, bool isAlone) =>
        !isAlone && refusal.TaskId is { } id && !refusal.Message.Contains(TerminalText.Line(id), StringComparison.Ordinal)
            ? $"{id}: {refusal.Message}" : refusal.Message;
}
