using System;

namespace TaskLocking.Locking;

/// <summary>
/// Who wants to know what happens to the names in folders, which are numbered from 0. The names are the system's bytes, UTF-8 by custom.
/// </summary>
internal interface INameEvents
{
    /// <summary>A name came into the folder: made, linked or moved there.</summary>
    void Appeared(int folder, ReadOnlySpan<byte> name);

    /// <summary>A name left the folder: removed or moved away.</summary>
    void Vanished(int folder, ReadOnlySpan<byte> name);
}
