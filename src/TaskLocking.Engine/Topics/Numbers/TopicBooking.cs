using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using TaskLocking.Model;

namespace TaskLocking.Topics;

/// <summary>
/// The object that a reservation points to: a text without history that says for which topics, by whom, where and when. No two are alike,
/// so that of two who reserve one number at the same moment each knows whether it is his.
/// </summary>
/// <param name="Topics">The numbers and the cleaned names.</param>
/// <param name="Agent">By whom.</param>
/// <param name="Host">Where.</param>
/// <param name="Time">When, as it is written; null if it is not.</param>
internal sealed record TopicBooking(IReadOnlyDictionary<int, string> Topics, string Agent, string Host, DateTimeOffset? Time)
{
    /// <summary>A new text.</summary>
    public static string Write(IEnumerable<KeyValuePair<int, string>> topics, DateTimeOffset now)
    {
        var text = new StringBuilder();
        foreach (var topic in topics)
            text.Append("topic ").Append(TopicFolderName.Format(topic.Key)).Append(' ').Append(topic.Value).Append('\n');
        var agent = EnvironmentText.Variable("TASKLOCKING_AGENT");
        text.Append("agent ").Append(string.IsNullOrWhiteSpace(agent) ? Author.Default : OneLine(agent!)).Append('\n');
        text.Append("host ").Append(Environment.MachineName).Append('\n');
        text.Append("time ").Append(Timestamp.Format(now)).Append('\n');
        return text.Append("nonce ").Append(Guid.NewGuid().ToString("N")).Append('\n').ToString();
    }

    /// <summary>What a text says; what others wrote may say less.</summary>
    public static TopicBooking Read(string text)
    {
        var topics = new Dictionary<int, string>();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split([' '], 3);
            if (words[0] == "topic" && words.Length == 3
                && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                topics[number] = words[2];
            else if (words.Length > 1)
                facts[words[0]] = line[(words[0].Length + 1)..];
        }
        return new TopicBooking(topics, Fact("agent"), Fact("host"), Timestamp.Parse(Fact("time")));

        string Fact(string name) => facts.TryGetValue(name, out var value) ? value : "";
    }

    private static string OneLine(string text) => new(text.Where(letter => !char.IsControl(letter)).ToArray());
}
