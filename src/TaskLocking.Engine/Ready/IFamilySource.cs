namespace TaskLocking.Ready;

/// <summary>A state that tells, without a graph and without reading its tasks, that none of them has a parent.</summary>
internal interface IFamilySource
{
    /// <summary>False where no task has a parent; true where one may have.</summary>
    bool MayHaveParents { get; }
}
