using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using TaskLocking.Locking;

namespace TaskLocking.Proof;

/// <summary>
/// What a worker and its coordinator say to each other. The worker: "READY", "at OPERATIONS REFUSED" a few times a second, "done". The
/// coordinator: "go", "stop", and "pause PID MS", which asks this worker to stop another one for a while: a coordinator that is killed then
/// leaves nobody stopped.
/// </summary>
internal sealed class WorkerLine
{
    public const string Ready = "READY";
    public const string Done = "done";
    public const string At = "at";
    public const string Go = "go";
    public const string Stop = "stop";
    public const string Pause = "pause";

    private const int Abandoned = 3;
    private static readonly long Pace = Stopwatch.Frequency / 5;

    private readonly TextReader _input;
    private readonly TextWriter _output;
    private readonly ManualResetEventSlim _gate = new();
    private volatile bool _isStopped;
    private long _told;

    public WorkerLine(TextReader input, TextWriter output)
    {
        _input = input;
        _output = output;
        new Thread(Listen) { IsBackground = true, Name = "coordinator" }.Start();
    }

    public bool IsStopped => _isStopped;

    public long Operations { get; set; }

    public long Refused { get; set; }

    public void WaitAtGate()
    {
        Say(Ready);
        _gate.Wait();
    }

    public void TellNowAndThen()
    {
        var now = Stopwatch.GetTimestamp();
        if (now - _told < Pace)
            return;
        _told = now;
        Tell();
    }

    public void TellEnd()
    {
        Tell();
        Say(Done);
    }

    private void Tell() => Say(string.Format(CultureInfo.InvariantCulture, "{0} {1} {2}", At, Operations, Refused));

    private void Say(string words)
    {
        _output.Write(words + "\n");
        _output.Flush();
    }

    private void Listen()
    {
        while (_input.ReadLine() is { } words)
        {
            if (words == Go)
                _gate.Set();
            else if (words == Stop)
                _isStopped = true;
            else if (words.StartsWith(Pause, StringComparison.Ordinal))
                PauseOther(words.Split(' '));
        }
        // Whoever started this is gone; nobody will read what it records.
        if (!_isStopped)
            Environment.Exit(Abandoned);
    }

    private static void PauseOther(string[] words)
    {
        var pid = int.Parse(words[1], CultureInfo.InvariantCulture);
        if (!LibC.Suspend(pid))
            return;
        try
        {
            Thread.Sleep(int.Parse(words[2], CultureInfo.InvariantCulture));
        }
        finally
        {
            LibC.Resume(pid);
        }
    }
}
