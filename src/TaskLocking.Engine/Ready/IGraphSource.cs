namespace TaskLocking.Ready;

/// <summary>A state that keeps its graph, so that not every question builds one.</summary>
internal interface IGraphSource
{
    TaskGraph Graph { get; }
}
