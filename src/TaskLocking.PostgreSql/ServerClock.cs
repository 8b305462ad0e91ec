using System;
using System.Threading;

namespace TaskLocking.PostgreSql;

/// <summary>
/// The time of the database, by which claims and leases run out wherever their holders are: this machine's clock, and by how much it was
/// wrong when the database last told its own. So a machine whose clock is a day off claims and frees like the others.
/// </summary>
/// <param name="machine">The clock of the machine.</param>
internal sealed class ServerClock(TimeProvider machine) : TimeProvider
{
    private readonly object _gate = new();
    private long _offset; // in ticks of 100 ns
    private bool _isTold;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow().AddTicks(Volatile.Read(ref _offset));

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <summary>To be called when the database has told its time.</summary>
    /// <param name="told">The time.</param>
    /// <param name="asked">The time of the system when the question was sent.</param>
    public void Told(DateTime told, DateTimeOffset asked) => Told(told, told, asked);

    /// <summary>The same where it was told by somebody who knows it but for a while.</summary>
    /// <param name="earliest">Before this it was not when the answer was sent.</param>
    /// <param name="latest">Nor after this.</param>
    /// <param name="asked">The time of the system when the question was sent.</param>
    public void Told(DateTime earliest, DateTime latest, DateTimeOffset asked)
    {
        var answered = System.GetUtcNow();
        // It was read some time in between: what is known already is only corrected where that says otherwise. So a slow answer, which says
        // little, spoils nothing.
        var (least, most) = (earliest.ToUniversalTime().Ticks - answered.UtcTicks, latest.ToUniversalTime().Ticks - asked.UtcTicks);
        lock (_gate)
        {
            Volatile.Write(ref _offset, _isTold ? Math.Clamp(_offset, Math.Min(least, most), most) : least + (most - least) / 2);
            _isTold = true;
        }
    }
}
