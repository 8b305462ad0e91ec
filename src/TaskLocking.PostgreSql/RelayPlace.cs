using System;
using System.IO;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Where processes of one user on one machine meet their relay: a socket in a folder that nobody else may enter, in
/// <c>XDG_RUNTIME_DIR</c>, else where the user's programs keep what lasts; on Windows a named pipe of the user. Who can connect there is
/// the user, and both ends see to it: that is the right to use what the relay may use.
/// </summary>
/// <param name="folder">The folder.</param>
internal sealed class RelayPlace(string folder)
{
    /// <summary>"off": no relay is used. The full path of a folder: the relay of that folder.</summary>
    public const string Variable = "TASKLOCKING_RELAY";

    private const string Off = "off";
    private const int LongestPath = 103; // what every system takes for a socket
    private const int OthersUse = 0x3f;
    private const int Waiting = 512;
    private const int ConnectPatience = 1_000; // ms
    private const int SocketLevel = 1; // SOL_SOCKET of Linux
    private const int PeerCredentials = 17; // SO_PEERCRED of Linux: process, user, group

    /// <summary>Which network and which files this process sees, where that may differ between processes of a machine.</summary>
    public static string Surroundings { get; } = SpaceOf("net") + SpaceOf("mnt");

    public string Folder => folder;

    /// <summary>What connects, for people.</summary>
    public string Name => LibC.IsUnix ? Path.Combine(folder, "relay.sock") : @"\\.\pipe\" + Pipe;

    /// <summary>Who has it locked is the relay.</summary>
    public string LockFile => Path.Combine(folder, "relay.lock");

    private string Pipe => $"tasklocking-relay-{Environment.UserName}-{TextHash.Of(folder):x}";

    /// <summary>The place as the environment has it; null where no relay is wanted, or there is no place for one.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static RelayPlace? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            if (named == Off)
                return null;
            return Path.IsPathFullyQualified(named) ? new RelayPlace(named) : throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{Variable} is '{named}': it has to be off, or the full path of the folder of a relay.");
        }
        if (LibC.IsUnix && Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
            && Path.IsPathFullyQualified(runtime) && Directory.Exists(runtime))
            return new RelayPlace(Path.Combine(runtime, "tasklocking"));
        // A home may be on several machines.
        return UserState.PlaceOf("relay-" + Environment.MachineName) is { } own ? new RelayPlace(own) : null;
    }

    /// <summary>A way to the relay; null where none runs, or it may not be trusted.</summary>
    /// <param name="why">Why not, in a sentence; null where none runs.</param>
    public RelayLink? Connect(out string? why)
    {
        why = null;
        try
        {
            if (!LibC.IsUnix)
                return ConnectPipe();
            if (FileFacts.At(folder) is not { } facts || FileFacts.At(Name) is not { } socket)
                return null;
            why = WhyUnsafe(facts, socket);
            if (why is not null)
                return null;
            var connected = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendTimeout = ConnectPatience };
            try
            {
                connected.Connect(new UnixDomainSocketEndPoint(Name));
                why = WhyForeign(connected);
                if (why is null)
                    return new RelayLink(connected);
            }
            catch (SocketException)
            {
                // A relay that ended without a farewell has left it.
            }
            connected.Dispose();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or TimeoutException or ArgumentException)
        {
            why = LibC.IsUnix ? fault.Message : null;
            return null;
        }
    }

    /// <summary>Becomes the relay: nobody else is before the lock is let go.</summary>
    /// <returns>The lock, and what accepts; null where another one is.</returns>
    /// <exception cref="TaskLockingException">What the system said.</exception>
    public (FileStream Lock, Socket? Listener)? Occupy()
    {
        UserState.Keep(folder);
        if (LibC.IsUnix && System.Text.Encoding.UTF8.GetByteCount(Name) > LongestPath)
            throw new TaskLockingException(RefusalCode.StoreUnavailable, $"'{Name}' is too long for a socket. Name a shorter folder in "
                + $"XDG_RUNTIME_DIR, or in {Variable}.");
        FileStream? locked = null;
        try
        {
            locked = new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException denied)
        {
            throw IoRefusal.From(denied, LockFile);
        }
        if (!LibC.IsUnix)
            return (locked, null);
        try
        {
            File.Delete(Name); // of one that ended without a farewell
            var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(Name));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Name, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(Waiting);
            return (locked, listener);
        }
        catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException)
        {
            locked.Dispose();
            throw new TaskLockingException(new Refusal(RefusalCode.StoreUnavailable,
                $"The relay cannot listen at '{Name}': {fault.Message}"), fault);
        }
    }

    /// <summary>The next caller; null where it is another user.</summary>
    /// <param name="listener">What accepts; null on Windows.</param>
    /// <exception cref="SocketException">It was closed.</exception>
    public RelayLink? Accept(Socket? listener)
    {
        if (listener is null)
        {
            var pipe = new NamedPipeServerStream(Pipe, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances,
                PipeTransmissionMode.Byte, PipeOptions.CurrentUserOnly | PipeOptions.Asynchronous);
            pipe.WaitForConnection();
            return new RelayLink(pipe);
        }
        var caller = listener.Accept();
        if (WhyForeign(caller) is null)
            return new RelayLink(caller);
        caller.Dispose();
        return null;
    }

    /// <summary>The end of the relay: whoever looks finds none.</summary>
    public void Leave()
    {
        if (LibC.IsUnix)
            File.Delete(Name);
    }

    private static string SpaceOf(string kind)
    {
        try
        {
            return LibC.IsLinux ? new FileInfo("/proc/self/ns/" + kind).LinkTarget ?? "" : "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private RelayLink? ConnectPipe()
    {
        if (!File.Exists(Name))
            return null;
        var pipe = new NamedPipeClientStream(".", Pipe, PipeDirection.InOut, PipeOptions.CurrentUserOnly | PipeOptions.Asynchronous);
        try
        {
            pipe.Connect(ConnectPatience);
            return new RelayLink(pipe);
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
    }

    private string? WhyUnsafe(FileFacts facts, FileFacts socket)
    {
        if (!LibC.IsLinux)
            return null; // The kernel tells who is at the other end, or the folder lets in nobody else.
        if (!facts.IsFolder || facts.Owner != ProcessUser.Id)
            return $"'{folder}' is no folder of yours, but of {UserName.Of(facts.Owner)}: what listens there is not used.";
        if ((facts.Rights & OthersUse) != 0)
            return $"Others may enter '{folder}': what listens there is not used. chmod 700 '{folder}'.";
        return socket.Owner == ProcessUser.Id ? null
            : $"'{Name}' is not yours, but of {UserName.Of(socket.Owner)}: it is not used.";
    }

    private string? WhyForeign(Socket socket)
    {
        if (!LibC.IsLinux)
            return null;
        var credentials = new byte[3 * sizeof(int)];
        var length = socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        var user = length == credentials.Length ? MemoryMarshal.Read<uint>(credentials.AsSpan(sizeof(int))) : uint.MaxValue;
        return user == ProcessUser.Id ? null : $"Who is at the other end of '{Name}' is {UserName.Of(user)}: it is not used.";
    }
}
