using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>What was read of the files of an import: the tasks as todos, and what could not be read as one.</summary>
/// <param name="now">The time of what tells none.</param>
internal sealed class PlanReading(DateTimeOffset now)
{
    private readonly List<PlannedTask> _tasks = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _remarks = [];

    public IReadOnlyList<PlannedTask> Tasks => _tasks;

    /// <summary>What could not be taken over, a sentence each.</summary>
    public IReadOnlyList<string> Remarks =>
        [.. _remarks, .. _counts.Select(count => count.Value == 1 ? "1 " + count.Key : $"{count.Value} times: {count.Key}")];

    public DateTimeOffset Now => now;

    /// <summary>Reads files of one form.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument for what is none of that form.</exception>
    public static PlanReading Of(ImportRequest request, DateTimeOffset now, Func<IReadOnlyList<string>, IReadOnlyList<string>> files)
    {
        if (request.Files.Count == 0)
            throw new TaskLockingException(RefusalCode.InvalidArgument, "There is no file to import. Name one, for example plan.jsonl.");
        var reading = new PlanReading(now);
        switch (request.Format ?? PlanFormat.Of(request.Files))
        {
            case TaskFormat.TaskMaster:
                TaskMasterReader.Read(request, reading);
                break;
            case TaskFormat.Beads:
                BeadsReader.Read(request, reading);
                break;
            case TaskFormat.Backlog:
                BacklogReader.Read(request, reading);
                break;
            case TaskFormat.SpecKit:
                SpecKitReader.Read(request, reading);
                break;
            default:
                LinesReader.Read(request, reading, files);
                break;
        }
        return reading;
    }

    /// <summary>Tells what could not be taken over.</summary>
    public void Remark(string place, string what) => _remarks.Add($"{place}: {what}");

    /// <summary>The same for what comes many times.</summary>
    public void Count(string what) => _counts[what] = _counts.TryGetValue(what, out var count) ? count + 1 : 1;

    public void Add(PlannedTodo todo) => Add(todo.Place, todo.Id, todo.Json(now));

    /// <summary>Adds a todo as a document may have it.</summary>
    public void Add(string place, string id, ReadOnlyMemory<byte> json)
    {
        var given = TodoField.None;
        foreach (var member in JsonSlices.Properties(json))
        {
            given |= TodoFieldNames.Field(Encoding.UTF8.GetBytes(member.Name), own: false);
            if (member.Name == "taskLocking" && member.Value[0] == '{')
            {
                foreach (var own in JsonSlices.Properties(member.Memory))
                    given |= TodoFieldNames.Field(Encoding.UTF8.GetBytes(own.Name), own: true);
            }
        }
        _tasks.Add(new PlannedTask(place, new TodoEntry(id, json).Task, given));
    }
}
