using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// The <c>comments[]</c> of a todo with one more, in the form that Todo2 gives them. What is there stays as it is written; what is no list
/// becomes the first of one, and a map of comments gets one more.
/// </summary>
internal sealed class RewrittenNotes : INoteList
{
    /// <param name="todo">The todo as it is.</param>
    /// <param name="task">Its id.</param>
    /// <param name="note">What is added.</param>
    public RewrittenNotes(ReadOnlyMemory<byte> todo, string task, TaskNote note)
    {
        var there = TodoNotes.Find(todo);
        var id = NewId(there, task);
        var json = new JsonText().Add("id", id).Add("todoId", task).Add("type", note.Kind).Add("content", note.Text)
            .Add("created", note.Created).Add("lastModified", note.Created).Add("by", note.By).ToString();
        Json = Encoding.UTF8.GetBytes(Whole(there, id, json));
    }

    /// <summary>The list, as the journal gets it.</summary>
    public byte[] Json { get; }

    public int Length => Json.Length;

    private static string Whole(JsonMember? there, string id, string json)
    {
        if (there is null || there.IsNull || there.Value.SequenceEqual("\"\""u8))
            return "[" + json + "]";
        var old = JsonScan.Utf8(JsonSlices.OnOneLine(there.Memory)).Trim();
        var isMap = TodoNotes.IsMap(there.Memory);
        if (old[0] != '[' && !isMap)
            return "[" + old + "," + json + "]";
        var inside = old.Substring(1, old.Length - 2).TrimEnd();
        return old[0] + inside + (inside.Length > 0 ? "," : "") + (isMap ? JsonSlices.Quote(id) + ":" : "") + json
            + old.Substring(old.Length - 1);
    }

    // As Todo2 numbers them: the first number of which none is there.
    private static string NewId(JsonMember? there, string task)
    {
        var notes = there is null ? [] : TodoNotes.Of(there.Memory);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var note in notes)
            ids.Add(note.Id ?? "");
        for (var number = notes.Count + 1; ; number++)
        {
            var id = task + "-C-" + number.ToString(CultureInfo.InvariantCulture);
            if (!ids.Contains(id))
                return id;
        }
    }
}
