using System;

namespace TaskLocking.Model;

/// <summary>What a field is called where it is written, and which it is.</summary>
/// <param name="Text">As the document calls it.</param>
/// <param name="Field">Which field of a task it is; <see cref="TodoField.Other"/> for one that a task does not know.</param>
/// <param name="IsOwn">Whether it stands under our key.</param>
internal sealed record FieldName(string Text, TodoField Field, bool IsOwn = false)
{
    public static FieldName Name { get; } = new("name", TodoField.Name);
    public static FieldName Content { get; } = new("content", TodoField.Content);
    public static FieldName Status { get; } = new("status", TodoField.Status);
    public static FieldName CompletedAt { get; } = new("completedAt", TodoField.CompletedAt);
    public static FieldName Priority { get; } = new("priority", TodoField.Priority);
    public static FieldName Assignee { get; } = new("assignee", TodoField.Assignee);
    public static FieldName Tags { get; } = new("tags", TodoField.Tags);
    public static FieldName Dependencies { get; } = new("dependencies", TodoField.Dependencies);
    public static FieldName DependsOn { get; } = new("dependsOn", TodoField.DependsOn);
    public static FieldName LastModified { get; } = new("lastModified", TodoField.LastModified);
    public static FieldName UpdatedAt { get; } = new("updated_at", TodoField.UpdatedAt);
    public static FieldName Comments { get; } = new("comments", TodoField.Comments);
    public static FieldName Parent { get; } = new("parentId", TodoField.Parent);

    /// <summary>Of the history alone: why a task came to another status with its children.</summary>
    public static FieldName Children { get; } = new("children", TodoField.None);

    public static FieldName Agent { get; } = new("agent", TodoField.Agent, IsOwn: true);
    public static FieldName TaskFile { get; } = new("taskFile", TodoField.TaskFile, IsOwn: true);
    public static FieldName Swarm { get; } = new("swarm", TodoField.Swarm, IsOwn: true);
    public static FieldName Requires { get; } = new("requires", TodoField.Requires, IsOwn: true);
    public static FieldName MaxAttempt { get; } = new("maxAttempt", TodoField.MaxAttempt, IsOwn: true);
    public static FieldName RetryDelay { get; } = new("retryDelay", TodoField.RetryDelay, IsOwn: true);
    public static FieldName TimeLimit { get; } = new("timeLimit", TodoField.TimeLimit, IsOwn: true);
    public static FieldName NeedsReview { get; } = new("review", TodoField.NeedsReview, IsOwn: true);
    public static FieldName Files { get; } = new("files", TodoField.Files, IsOwn: true);
    public static FieldName AllowedAgents { get; } = new("allow", TodoField.AllowedAgents, IsOwn: true);
    public static FieldName Attempt { get; } = new("attempt", TodoField.Attempt, IsOwn: true);
    public static FieldName Strikes { get; } = new("strikes", TodoField.Strikes, IsOwn: true);
    public static FieldName NotBefore { get; } = new("notBefore", TodoField.NotBefore, IsOwn: true);
    public static FieldName StartedAt { get; } = new("startedAt", TodoField.StartedAt, IsOwn: true);
    public static FieldName Failure { get; } = new("failure", TodoField.Failure, IsOwn: true);
    public static FieldName Block { get; } = new("blockedBy", TodoField.Block, IsOwn: true);
    public static FieldName Claim { get; } = new("claim", TodoField.Claim, IsOwn: true);

    private static readonly FieldName[] Texts = [Name, Content, Tags, Dependencies, Agent, TaskFile, Swarm, Requires];

    /// <summary>A field that is a text, or a list of texts, by what it is called.</summary>
    public static FieldName OfText(string text, bool isOwn) =>
        Array.Find(Texts, name => name.IsOwn == isOwn && name.Text == text) ?? new FieldName(text, TodoField.Other, isOwn);
}
