using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.IO.Pipes;
using System.Text;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// A worker's command on Unix, in a process group of its own that a guard leads: a shell that waits for the end of a pipe that this process
/// alone keeps open, and then ends the group. So there is no moment in which a killed worker would leave anything running in it: what is
/// started is in the group before it is anything else, and until then it keeps that pipe open.
/// </summary>
internal sealed class UnixWorkProcess : WorkProcess
{
    private const int Kill9 = 9;
    private const int Terminate = 15;

    // It says when it does not end by what asks the command to end.
    private const string Guard = "trap '' HUP INT QUIT TERM TSTP USR1 USR2; echo; read -r line; kill -9 0";

    private static readonly byte[] Shell = [.. "/bin/sh"u8];

    private readonly AnonymousPipeServerStream _life = new(PipeDirection.Out, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _ready = new(PipeDirection.In, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _output = new(PipeDirection.In, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _error = new(PipeDirection.In, HandleInheritability.None);
    private int _guard;
    private int _command;

    private UnixWorkProcess()
    {
    }

    public static new UnixWorkProcess Start(WorkProcessStart start, Action<StandardKind, ReadOnlyMemory<byte>> write)
    {
        var process = new UnixWorkProcess();
        try
        {
            process.StartGuard();
            process.StartCommand(start);
        }
        catch
        {
            process.GiveUp();
            throw;
        }
        process.Read(process._output, StandardKind.Output, write);
        process.Read(process._error, StandardKind.Error, write);
        return process;
    }

    protected override void AwaitCommand() => UnixSpawn.Await(_command);

    protected override void Ask()
    {
        _ = _ready.ReadByte();
        UnixSpawn.SignalGroup(_guard, Terminate);
    }

    protected override void Kill() => UnixSpawn.SignalGroup(_guard, Kill9);

    // The number of the group is its leader's, who is there, be it ended, until it is reaped.
    protected override int Conclude()
    {
        UnixSpawn.SignalGroup(_guard, Kill9);
        var exitCode = UnixSpawn.Reap(_command);
        UnixSpawn.Reap(_guard);
        return exitCode;
    }

    protected override void Dispose(bool disposing)
    {
        _life.Dispose();
        _ready.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private static int Number(AnonymousPipeServerStream pipe) => (int)pipe.ClientSafePipeHandle.DangerousGetHandle();

    private void StartGuard()
    {
        UnixSpawn.KeepEnded();
        var nothing = UnixSystem.OpenNothing();
        try
        {
            var started = UnixSpawn.Start(Shell, [Shell, [.. "-c"u8], Encoding.UTF8.GetBytes(Guard)], new CommandEnvironment().Variables,
                [(Number(_life), 0), (Number(_ready), 1), (nothing, 2)], group: 0);
            if (started < 0)
                throw new Win32Exception(-started, "/bin/sh");
            _guard = started;
        }
        finally
        {
            if (nothing >= 0)
                UnixSystem.Close(nothing);
            _life.DisposeLocalCopyOfClientHandle();
            _ready.DisposeLocalCopyOfClientHandle();
        }
    }

    private void StartCommand(WorkProcessStart start)
    {
        var environment = new CommandEnvironment();
        foreach (var (name, value) in start.Variables)
            environment.Set(name, value);
        var words = start.Bytes ?? Array.ConvertAll(start.Words, Encoding.UTF8.GetBytes);
        var input = start.Input is null ? null : new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        var nothing = input is null ? UnixSystem.OpenNothing() : -1;
        try
        {
            _command = new UnixCommand(words, environment).Start(
                [(input is null ? nothing : Number(input), 0), (Number(_output), 1), (Number(_error), 2)], _guard);
        }
        catch
        {
            input?.Dispose();
            throw;
        }
        finally
        {
            if (nothing >= 0)
                UnixSystem.Close(nothing);
            input?.DisposeLocalCopyOfClientHandle();
            _output.DisposeLocalCopyOfClientHandle();
            _error.DisposeLocalCopyOfClientHandle();
        }
        if (input is not null)
            Feed(input, start.Input!);
    }

    private void GiveUp()
    {
        if (_guard > 0)
        {
            UnixSpawn.SignalGroup(_guard, Kill9);
            UnixSpawn.Reap(_guard);
        }
        Dispose(disposing: true);
    }
}
