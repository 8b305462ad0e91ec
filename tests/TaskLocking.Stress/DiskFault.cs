using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using TaskLocking.Faults;

namespace TaskLocking.Stress;

/// <summary>
/// With TASKLOCKING_FAULT=name:n the n-th call of that name fails, as <see cref="Failpoint.Fails"/> has them; with name:n+ all from there
/// on; with name:n! the process is killed as soon as it has failed, before anybody could be told. Several stand with commas between them.
/// </summary>
internal sealed class DiskFault
{
    private readonly string _name;
    private readonly int _first;
    private readonly char _mode;
    private int _arrivals;

    private DiskFault(string text)
    {
        var parts = text.Split(':');
        _name = parts[0];
        _mode = char.IsDigit(parts[1][^1]) ? ' ' : parts[1][^1];
        _first = int.Parse(parts[1].TrimEnd('+', '!'), CultureInfo.InvariantCulture);
    }

    public static void Arm()
    {
        if (Environment.GetEnvironmentVariable("TASKLOCKING_FAULT") is not { } text)
            return;
        List<DiskFault> faults = [.. text.Split(',').Select(each => new DiskFault(each))];
        Failpoint.Failing = (name, _) => faults.Exists(fault => fault.Meets(name));
    }

    private bool Meets(string name)
    {
        if (name != _name || Interlocked.Increment(ref _arrivals) is var at && (at < _first || (at > _first && _mode != '+')))
            return false;
        if (_mode == '!')
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
        return true;
    }
}
