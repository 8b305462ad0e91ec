using System.Collections.Generic;

namespace TaskLocking.Paths;

/// <summary>The file system, as those ask it who compare paths: what lies in one by other names.</summary>
internal interface IFileReach
{
    /// <summary>The links by which a canonical path or pattern has other names at this moment.</summary>
    IReadOnlyList<FileLink> LinksIn(string canonical);
}
