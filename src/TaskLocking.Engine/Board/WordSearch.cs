using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>Looks for words in what people read of a task: id, name, text, tags, its failure, and the comments of any tool.</summary>
internal static class WordSearch
{
    /// <summary>Whether each of the words occurs somewhere, as it is or in another case.</summary>
    public static bool HasAll(AgentTask task, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return true;
        var texts = new List<string?> { task.Id, task.Name, task.Content, task.Failure?.Reason, task.Failure?.Output };
        texts.AddRange(task.Tags);
        var missing = words.Where(word => !texts.Exists(text => Has(text, word))).ToList();
        if (missing.Count == 0)
            return true;
        // They lie in the todo alone, so they come last.
        var comments = Comments(task);
        return missing.TrueForAll(word => comments.Exists(text => Has(text, word)));
    }

    private static bool Has(string? text, string word) => text?.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    // In whatever shape a tool writes them: their texts, not the names of their members.
    private static List<string> Comments(AgentTask task)
    {
        var texts = new List<string>();
        if (task.Source is not { } source)
            return texts;
        foreach (var member in JsonSlices.Properties(source.Json).Where(member => member.Name == "comments"))
        {
            var reader = JsonReading.Of(member.Value);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String && TodoText.Read(ref reader) is { } text)
                    texts.Add(text);
            }
        }
        return texts;
    }
}
