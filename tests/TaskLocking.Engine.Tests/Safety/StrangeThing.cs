using System;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Xunit;

namespace TaskLocking.Tests.Safety;

/// <summary>Puts at a path what no program would look for there; what was there goes.</summary>
internal static partial class StrangeThing
{
    public const int Nobody = 65534;

    private const int OwnerUse = 0x180;

    /// <summary>"link" and "folder-link" lead into <paramref name="outside"/>, where the file keeps what stood there.</summary>
    public static void Put(string kind, string path, string outside)
    {
        var content = Take(path, Path.Combine(outside, "moved"));
        switch (kind)
        {
            case "link":
                // Of a folder, to one that has all that was in it.
                File.CreateSymbolicLink(path, content is null ? Path.Combine(outside, "moved") : Victim(outside, content));
                break;
            case "dangling":
                File.CreateSymbolicLink(path, Path.Combine(outside, "nothing"));
                break;
            case "loop":
                File.CreateSymbolicLink(path, Path.GetFileName(path));
                break;
            case "fifo":
                Succeed(MkFifo(path, OwnerUse));
                break;
            case "socket":
                using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                {
                    // Closed, it stays as a name.
                    var beside = path + "~";
                    socket.Bind(new UnixDomainSocketEndPoint(path));
                    File.Move(path, beside);
                    socket.Close();
                    File.Move(beside, path);
                }
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "file":
                File.WriteAllText(path, "x\n");
                break;
            case "empty":
                File.WriteAllText(path, "");
                break;
            case "huge":
                using (var file = File.Create(path))
                    file.SetLength(3L << 30);
                break;
            case "hard-link":
                Succeed(LinkTo(Victim(outside, content ?? []), path));
                break;
            case "another's":
                File.WriteAllBytes(path, content ?? []);
                Own(path, Nobody);
                break;
            case "device":
                Succeed(MkNod(path, 0x2000 | 0x1b6, 1 << 8 | 3)); // /dev/null
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    public static void Own(string path, int user, int? group = null) => Succeed(ChangeOwner(path, user, group ?? user));

    public static UnixFileMode RightsOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    public static void Give(string path, UnixFileMode rights)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, rights);
    }

    public static bool IsRoot { get; } = !OperatingSystem.IsWindows() && UserId() == 0;

    // The content; null of a folder, which is moved away, or of nothing.
    private static byte[]? Take(string path, string moved)
    {
        if (Directory.Exists(path))
        {
            Directory.Move(path, moved);
            return null;
        }
        if (!File.Exists(path))
            return [];
        var content = File.ReadAllBytes(path);
        File.Delete(path);
        return content;
    }

    private static string Victim(string outside, byte[] content)
    {
        var path = Path.Combine(outside, "victim");
        File.WriteAllBytes(path, content);
        Give(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static void Succeed(int result) => Assert.True(result == 0, "errno " + Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MkFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "mknod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MkNod(string path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkTo(string existing, string path);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, int owner, int group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint UserId();
}
