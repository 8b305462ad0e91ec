using System;
using System.Collections.Generic;
using System.Globalization;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>Writes what a new task adds to a document, as one line of JSON.</summary>
internal static class TodoWriter
{
    /// <summary>A todo that comes; its version comes with the commit.</summary>
    public static void Write(ByteBuffer todo, TaskAdded added, ComingCommit commit)
    {
        if (added is TaskDefined defined)
            Write(todo, defined.Definition, defined.Number, commit);
        else
            todo.Write(JsonSlices.OnOneLine(((TaskTakenOver)added).Theirs.Source!.Json));
    }

    // With every field that a todo always has. By hand: the general writer and its encoder are some fifteen methods that a new process
    // would have to compile.
    private static void Write(ByteBuffer todo, TaskDefinition definition, long? taskNumber, ComingCommit commit)
    {
        todo.Write("{\"id\":"u8);
        todo.WriteQuoted(definition.Id);
        todo.Write(",\"name\":"u8);
        todo.WriteQuoted(definition.Name ?? definition.Id);
        WriteText(todo, "content", definition.Content);
        todo.Write(",\"status\":\"Todo\",\"priority\":"u8);
        todo.WriteQuoted(TodoWords.Of(definition.Priority));
        WriteList(todo, "tags", definition.Tags);
        WriteList(todo, "dependencies", definition.Dependencies);
        WriteText(todo, "parentId", definition.Parent);
        if (taskNumber is { } number)
        {
            todo.Write(",\"taskNumber\":"u8);
            todo.Write(number);
        }
        todo.Write(",\"created\":"u8);
        todo.WriteTime(commit.Now);
        todo.Write(",\"lastModified\":"u8);
        todo.WriteTime(commit.Now);
        todo.Write(",\"changes\":[{\"field\":\"status\",\"oldValue\":null,\"newValue\":\"Todo\",\"timestamp\":"u8);
        todo.WriteTime(commit.Now);
        todo.Write(",\"by\":"u8);
        todo.WriteQuoted(commit.By);
        todo.Write("}],\"taskLocking\":{"u8);
        WriteText(todo, "agent", definition.Agent);
        WriteText(todo, "taskFile", definition.TaskFile);
        WriteText(todo, "swarm", definition.Swarm);
        if (definition.Requires.Count > 0)
            WriteList(todo, "requires", definition.Requires);
        WriteExecution(todo, definition);
        todo.Write("}}"u8);
    }

    /// <summary>Writes the <c>assignee</c> object.</summary>
    public static void WriteAssignee(ByteBuffer target, Assignee assignee)
    {
        target.Write("{\"type\":"u8);
        target.WriteQuoted(assignee.Type);
        target.Write(",\"name\":"u8);
        target.WriteQuoted(assignee.Name);
        target.Write(",\"hostname\":"u8);
        target.WriteQuoted(assignee.Hostname);
        target.Write(",\"assigned_at\":"u8);
        if (assignee.AssignedAt is { } time)
            target.WriteTime(time);
        else
            target.Write("null"u8);
        target.Write(",\"assigned_by\":"u8);
        target.WriteQuoted(assignee.AssignedBy);
        target.Write("}"u8);
    }

    private static void WriteExecution(ByteBuffer target, TaskDefinition definition)
    {
        if (definition.AllowedAgents.Count > 0)
            WriteList(target, "allow", definition.AllowedAgents);
        if (definition.Files.Count > 0)
            WriteList(target, "files", definition.Files);
        if (definition.MaxAttempt != 1)
            WriteNumber(target, "maxAttempt", definition.MaxAttempt);
        if (definition.RetryDelay is { } delay)
            WriteNumber(target, "retryDelay", delay.TotalSeconds);
        if (definition.TimeLimit is { } limit)
            WriteNumber(target, "timeLimit", limit.TotalSeconds);
        if (definition.NotBefore is { } time)
        {
            WriteName(target, "notBefore");
            target.WriteTime(time);
        }
        if (definition.NeedsReview)
        {
            WriteName(target, "review");
            target.Write("true"u8);
        }
    }

    private static void WriteNumber(ByteBuffer target, string name, double value)
    {
        WriteName(target, name);
        target.Write(value.ToString("R", CultureInfo.InvariantCulture));
    }

    private static void WriteText(ByteBuffer target, string name, string? value)
    {
        if (value is null)
            return;
        WriteName(target, name);
        target.WriteQuoted(value);
    }

    private static void WriteList(ByteBuffer target, string name, IReadOnlyList<string> values)
    {
        WriteName(target, name);
        target.WriteQuoted(values);
    }

    private static void WriteName(ByteBuffer target, string name)
    {
        if (target.Written[^1] != '{')
            target.Write(","u8);
        target.WriteQuoted(name);
        target.Write(":"u8);
    }
}
