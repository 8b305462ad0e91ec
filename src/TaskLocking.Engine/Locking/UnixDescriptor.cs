using System;
using System.Runtime.InteropServices;

namespace TaskLocking.Locking;

/// <summary>
/// Closes a descriptor once, at the latest when nobody refers to it any more. A <c>SafeFileHandle</c> does more than that on Unix, which
/// an uncontended lock would pay for every time.
/// </summary>
internal sealed class UnixDescriptor : SafeHandle
{
    /// <summary>Takes over an open descriptor.</summary>
    public UnixDescriptor(int descriptor)
        : base((IntPtr)(-1), ownsHandle: true) => SetHandle((IntPtr)descriptor);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == (IntPtr)(-1);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibC.Close((int)handle);
        return true;
    }
}
