namespace TaskLocking.Ready;

/// <summary>One end of an edge: who waits, and at which place among what it waits for.</summary>
internal struct Dependent
{
    public TaskNode Node;
    public int Place;
}
