using System;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TaskLocking.Locking;

/// <summary>In whose name this process works, as Unix knows it; 0 on Windows, where no owner is looked at.</summary>
internal static unsafe class ProcessUser
{
    public const uint Root = 0;

    private static readonly Lazy<uint[]> Memberships = new(ReadGroups);

    public static uint Id { get; } = LibC.IsUnix ? geteuid() : Root;

    public static uint Group { get; } = LibC.IsUnix ? getegid() : 0;

    /// <summary>Who became root by sudo; null if nobody did.</summary>
    public static uint? BehindSudo { get; } =
        Id == Root
            && uint.TryParse(Environment.GetEnvironmentVariable("SUDO_UID"), NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            ? user
            : null;

    public static bool IsIn(uint group) => group == Group || Array.IndexOf(Memberships.Value, group) >= 0;

    private static uint[] ReadGroups()
    {
        var count = LibC.IsUnix ? getgroups(0, null) : 0;
        if (count <= 0)
            return [];
        var groups = new uint[count];
        fixed (uint* first = groups)
            return getgroups(count, first) == count ? groups : [];
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint getegid();

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getgroups(int size, uint* groups);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
