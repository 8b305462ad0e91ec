using System;
using System.Collections.Generic;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.StoreContract;
using TaskLocking.Todo2;

namespace TaskLocking.Tests.Scheduling;

/// <summary>A store without files: what a rule decides becomes a journal's line, and the line the next state, as in the real one.</summary>
internal sealed class FleetStore : ILiveness
{
    public BoardState State { get; private set; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The processes of the one host that are gone.</summary>
    public HashSet<int> Dead { get; } = [];

    public string Run(FleetAct act, long? token, out long? made)
    {
        var draft = new TaskDraft(State, Now, "tester", State.Version + 1, State.NextTaskNumber);
        string answer;
        try
        {
            answer = act.Run(draft, this, token, out made);
        }
        finally
        {
            draft.Release();
        }
        if (draft.Changes.Changes.Count > 0)
        {
            var line = new Attempt<string>(answer, draft).LineFor(State);
            JournalLine.Seal(line, 0);
            State.Apply(line.ToArray());
        }
        return answer;
    }

    /// <summary>Ends and begins again with what a document keeps.</summary>
    public void Reopen()
    {
        var mark = new DocumentMark("epoch", State.Version, 1, 0, 0) { Records = State.Records };
        var document = new ByteBuffer(4096);
        State.Frame.Render(document, State.Entries, "2026-03-01T12:00:00.000Z", 0, mark);
        State = new BoardState(TodoDocument.Parse(document.ToArray())) { Version = State.Version };
    }

    public bool? IsAlive(string? host, int? pid, string? processStart) => pid is { } number ? !Dead.Contains(number) : null;
}
