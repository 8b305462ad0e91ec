using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace TaskLocking.Locking;

/// <summary>
/// Marks of held tasks on the store's folder itself, for the case that somebody takes the lock files away below their holders, as
/// <c>git clean -fdx</c> does with all that git does not keep: whoever then makes a new lock file would be let in. A mark is a lock of the
/// kernel as well, on one byte of the folder for each task and session, shared, so that setting one never fails; it ends with its holder,
/// and with those who inherited it. To ask for marks leaves no trace.
/// </summary>
/// <remarks>
/// <para>Calling sequence of a holder: <see cref="TryOpen"/> before its lock files, so that a process that ends lets go of the mark first;
/// <see cref="Set"/> with all locks in hand; <see cref="Clear"/> before they are let go. Of all others: <see cref="OfOthers"/>.</para>
/// <para>Failure modes: Linux alone has such locks (F_OFD_SETLK); elsewhere, and on folders that have none, nothing is marked, and a holder
/// notices at his end that the lock file is gone. A folder that was replaced as a whole takes the marks with it.</para>
/// </remarks>
internal sealed class HoldMarks : IDisposable
{
    // A byte's place is the task in the upper 32 bits and the session in the lower 31.
    private const int SessionBits = 31;
    private const long SessionMask = (1L << SessionBits) - 1;

    private readonly UnixDescriptor _folder;

    private HoldMarks(int descriptor) => _folder = UnixDescriptor.Of(descriptor);

    /// <summary>The open folder, for a process that goes on holding.</summary>
    public UnixDescriptor Folder => _folder;

    /// <summary>Opens the folder to mark; null where nothing can be marked.</summary>
    /// <param name="locksFolder">The one of the lock files, which stands in the store's.</param>
    public static HoldMarks? TryOpen(string locksFolder)
    {
        if (!LibCLock.IsSupported || LibCFile.Open(Path.GetDirectoryName(locksFolder)!, write: false) is not (var descriptor and >= 0))
            return null;
        return new HoldMarks(descriptor);
    }

    /// <summary>The marks that others have set; null, mostly, if there is none at all.</summary>
    public static HoldMarks? OfOthers(string locksFolder)
    {
        if (TryOpen(locksFolder) is not { } marks)
            return null;
        if (LibCLock.FindOther(marks.Descriptor, 0, long.MaxValue) is not null)
            return marks;
        marks.Dispose();
        return null;
    }

    /// <summary>Marks a task as held by a session.</summary>
    public void Set(string lockPath, string session) => LibCLock.Share(Descriptor, PlaceOf(lockPath) | NumberOf(session));

    /// <summary>Takes all marks away that were set here, whoever inherited them.</summary>
    public void Clear() => LibCLock.Unshare(Descriptor);

    /// <summary>
    /// Whether a task is marked by a session that stands in this one's way: not its own, and none that it was started under.
    /// </summary>
    public bool IsHeld(string lockPath, LockSession session) => Of(lockPath).Exists(mark => !LetsThrough(mark, session));

    /// <summary>Whether a task is marked by a session that lets this one through.</summary>
    public bool IsFamilys(string lockPath, LockSession session) => Of(lockPath).Exists(mark => LetsThrough(mark, session));

    /// <summary>Whether something is marked whose lock file is none of these.</summary>
    public bool HasMarkWithout(ICollection<string> lockNames)
    {
        var places = new HashSet<long>();
        foreach (var name in lockNames)
            places.Add(PlaceOf(name));
        foreach (var mark in All(0, long.MaxValue))
        {
            if (!places.Contains(mark & ~SessionMask))
                return true;
        }
        return false;
    }

    public void Dispose() => _folder.Close();

    private int Descriptor => (int)_folder.DangerousGetHandle();

    private List<long> Of(string lockPath) => [.. All(PlaceOf(lockPath), PlaceOf(lockPath) | SessionMask)];

    // The name of a session anybody can know; that an ancestor set the mark nobody can pretend.
    private bool LetsThrough(long mark, LockSession session) =>
        session.AllNames().Any(name => NumberOf(name) == (mark & SessionMask)) && KernelLocks.IsFamilys(Descriptor, mark);

    private static long NumberOf(string session) => (long)(Hash(session) >> (64 - SessionBits));

    private static long PlaceOf(string lockPath) => (long)(Hash(Path.GetFileName(lockPath)) >> 32) << SessionBits;

    // The system tells one mark of a range, any; what lies before and behind it is asked for after it.
    private IEnumerable<long> All(long first, long last)
    {
        if (first > last || LibCLock.FindOther(Descriptor, first, last) is not { } found)
            yield break;
        yield return found;
        foreach (var mark in All(first, found - 1))
            yield return mark;
        foreach (var mark in All(found + 1, last))
            yield return mark;
    }

    // FNV-1a with a last mixing step, for its upper bits: all programs and versions that use a store have to agree on it.
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ value) * 1099511628211UL;
        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15UL;
        return hash ^ (hash >> 29);
    }
}
