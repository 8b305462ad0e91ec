using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Tests.Families;

/// <summary>Parents and children as simply as they can be said: every question is answered by looking at every task.</summary>
/// <param name="fault">What it gets wrong, for the test that shows that it is found; null for nothing.</param>
internal sealed class FamilyModel(string? fault = null)
{
    private const int MostLevels = 16;

    private readonly List<Node> _nodes = [];

    public IEnumerable<string> Ids => _nodes.Select(node => node.Id);

    public string Show() => string.Join('\n', _nodes.Select(node => Line(node.Id, node.Status, node.Parent,
        Children(node.Id).Count, Children(node.Id).Count(child => !IsOpen(child)), IsReady(node))));

    public static string Show(TaskBoard board)
    {
        var ready = board.GetReady().Select(task => task.Id).ToHashSet();
        return string.Join('\n', board.GetTasks().Select(task => Line(task.Id, task.Status, task.Parent, task.Children?.Total ?? 0,
            task.Children?.Closed ?? 0, ready.Contains(task.Id))));
    }

    public RefusalCode? Define(string id, string? parent)
    {
        if (Find(id) is not null)
            return RefusalCode.TaskAlreadyDefined;
        if (parent is not null && Refuse(id, isOpen: true, parent, levels: 1) is { } refused)
            return refused;
        _nodes.Add(new Node(id) { Parent = parent });
        return null;
    }

    public RefusalCode? Set(string id, AgentTaskStatus status)
    {
        if (Find(id) is not { } node)
            return RefusalCode.TaskNotFound;
        if (status == AgentTaskStatus.Done && node.Status != status && Children(id).Any(IsOpen))
            return RefusalCode.TaskNotReady;
        To(node, status);
        return null;
    }

    public RefusalCode? Move(string id, string? parent)
    {
        if (Find(id) is not { } node)
            return RefusalCode.TaskNotFound;
        if (node.Parent == parent)
            return null;
        if (parent is not null && Refuse(id, IsOpen(node), parent, Levels(id)) is { } refused)
            return refused;
        var left = node.Parent;
        node.Parent = parent;
        if (IsOpen(node))
            Closed(left);
        return null;
    }

    public RefusalCode? Remove(string id, bool force)
    {
        if (Find(id) is not { } node)
            return RefusalCode.TaskNotFound;
        if (!force && Children(id).Count > 0)
            return RefusalCode.TaskHasDependents;
        foreach (var child in Children(id))
            child.Parent = null;
        _nodes.Remove(node);
        if (IsOpen(node))
            Closed(node.Parent);
        return null;
    }

    private RefusalCode? Refuse(string id, bool isOpen, string parent, int levels)
    {
        if (id == parent)
            return RefusalCode.DependencyCycle;
        if (Find(parent) is not { } above)
            return RefusalCode.TaskNotFound;
        if (isOpen && !IsOpen(above))
            return RefusalCode.StatusConflict;
        var way = Up(parent).ToList();
        return way.Contains(id) ? RefusalCode.DependencyCycle
            : way.Count + levels > MostLevels ? RefusalCode.InvalidArgument : null;
    }

    private void To(Node node, AgentTaskStatus status)
    {
        var wasOpen = IsOpen(node);
        node.Status = status;
        if (wasOpen && !IsOpen(node))
            Closed(node.Parent);
        else if (!wasOpen && IsOpen(node) && Find(node.Parent) is { Status: AgentTaskStatus.Done } parent && fault != "no reopening")
            To(parent, AgentTaskStatus.Todo);
    }

    private void Closed(string? id)
    {
        if (Find(id) is not { } parent || Children(parent.Id) is not { } children || children.Exists(IsOpen))
            return;
        var isDone = children.Exists(child => child.Status == AgentTaskStatus.Done) || (fault == "cancelled is done" && children.Count > 0);
        if (isDone && (parent.Status == AgentTaskStatus.Todo || (fault == "out of hands" && parent.Status == AgentTaskStatus.InProgress)))
        {
            if (fault == "one level")
                parent.Status = AgentTaskStatus.Done;
            else
                To(parent, AgentTaskStatus.Done);
        }
    }

    private Node? Find(string? id) => _nodes.Find(node => node.Id == id);

    private List<Node> Children(string id) => _nodes.FindAll(node => node.Parent == id);

    private static bool IsOpen(Node node) => node.Status is not (AgentTaskStatus.Done or AgentTaskStatus.Cancelled);

    private bool IsReady(Node node) => node.Status == AgentTaskStatus.Todo && !Children(node.Id).Exists(IsOpen);

    private IEnumerable<string> Up(string? id)
    {
        for (var at = Find(id); at is not null; at = Find(at.Parent))
            yield return at.Id;
    }

    private int Levels(string id) => 1 + Children(id).Select(child => Levels(child.Id)).DefaultIfEmpty(0).Max();

    private static string Line(string id, AgentTaskStatus status, string? parent, int children, int closed, bool isReady) =>
        FormattableString.Invariant($"{id} {status} below {parent} with {closed} of {children}{(isReady ? ", ready" : "")}");

    private sealed class Node(string id)
    {
        public string Id => id;

        public AgentTaskStatus Status { get; set; }

        public string? Parent { get; set; }
    }
}
