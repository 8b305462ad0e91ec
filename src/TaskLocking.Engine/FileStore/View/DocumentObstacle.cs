namespace TaskLocking.FileStore;

/// <summary>Why the newest document is not in its place. Written as a number beside the stamp of the document that others see.</summary>
internal enum DocumentObstacle
{
    None,

    /// <summary>EBUSY: the file is mounted by itself, as into a container.</summary>
    Mounted,

    /// <summary>The file system is mounted for reading only.</summary>
    ReadOnly,

    /// <summary>The right is missing, or the file may not be changed by anybody.</summary>
    NoRight,

    /// <summary>It cannot be replaced, and has another name: what is written into it would change that, too.</summary>
    SeveralNames,

    /// <summary>It became a link while the store was open.</summary>
    Link,

    DiskFull,

    /// <summary>Another program keeps it to itself.</summary>
    InUse,

    /// <summary>Another program is writing it.</summary>
    InMaking,

    Other,
}
