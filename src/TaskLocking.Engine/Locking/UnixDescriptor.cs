using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace TaskLocking.Locking;

/// <summary>
/// Closes a descriptor once, at the latest when nobody refers to it any more. A <c>SafeFileHandle</c> does more than that on Unix, and
/// whatever is to be told of its own end is dear to make: an uncontended lock would pay for both every time. So one that has closed its
/// descriptor is kept for the next.
/// </summary>
internal sealed class UnixDescriptor : SafeHandle
{
    private static readonly IntPtr None = (IntPtr)(-1);

    private static UnixDescriptor? _spare;

    /// <summary>One without a descriptor yet.</summary>
    public UnixDescriptor()
        : base(None, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == None;

    /// <summary>Takes over an open descriptor. <see cref="Close"/> must follow, once, and nothing after it.</summary>
    public static UnixDescriptor Of(int descriptor)
    {
        var taken = Interlocked.Exchange(ref _spare, null) ?? new UnixDescriptor();
        taken.SetHandle((IntPtr)descriptor);
        return taken;
    }

    /// <summary>Closes the descriptor. The object is then another descriptor's.</summary>
    public new void Close()
    {
        _ = ReleaseHandle();
        SetHandle(None);
        if (Interlocked.CompareExchange(ref _spare, this, null) is not null)
            Dispose();
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibC.Close((int)handle);
        return true;
    }
}
