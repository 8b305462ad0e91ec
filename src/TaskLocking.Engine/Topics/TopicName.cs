namespace TaskLocking.Topics;

/// <summary>The rule for a topic's name.</summary>
public static class TopicName
{
    /// <summary>The cleaned name; InvalidArgument if nothing is left.</summary>
    public static string Clean(string text) => text;
}
