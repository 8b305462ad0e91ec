using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;

namespace TaskLocking.Tests.Values;

/// <summary>All that a board says and would decide, as text: two boards over one store have the same.</summary>
internal static class Picture
{
    public static string Of(TaskBoard board)
    {
        var text = new StringBuilder();
        var tasks = board.GetTasks();
        Add(text, tasks);
        foreach (var task in tasks)
        {
            text.AppendLine(task.ToJson());
            Add(text, board.GetHistory(task.Id));
            Add(text, board.Explain(task.Id));
            Add(text, board.Explain(task.Id, new ReadyQuery { Agent = "ann", Capabilities = ["c"] }));
        }
        Add(text, board.GetReady());
        Add(text, board.GetAgents());
        Add(text, board.GetFileLeases());
        Add(text, board.GetWorkload());
        Add(text, board.GetProgress());
        Add(text, board.CheckGraph());
        Add(text, board.TestFiles(new FileLeaseRequest(new LeaseHolder("zoe"), ["a", "b", "c"])));
        return text.ToString();
    }

    private static void Add(StringBuilder text, object? value)
    {
        if (value is IEnumerable items and not string)
        {
            text.Append('[');
            foreach (var item in items)
                Add(text, item);
            text.AppendLine("]");
        }
        else if (value is not null && OutputTypes.IsOurs(value.GetType()) && !value.GetType().IsEnum)
        {
            foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0))
            {
                text.Append(property.Name).Append('=');
                Add(text, property.GetValue(value));
            }
            text.AppendLine();
        }
        else
        {
            text.Append(Convert.ToString(value, CultureInfo.InvariantCulture)).Append(' ');
        }
    }
}
