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
    private long _offset; // in ticks of 100 ns

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow().AddTicks(Volatile.Read(ref _offset));

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <summary>To be called when the database has told its time.</summary>
    /// <param name="told">The time.</param>
    /// <param name="asked">The time of the system when the question was sent.</param>
    public void Told(DateTime told, DateTimeOffset asked)
    {
        var answered = System.GetUtcNow();
        // It was read some time in between. What that leaves open is less than a wrong clock would do; a slow answer tells nothing.
        var middle = asked + (answered - asked) / 2;
        if (answered - asked < TimeSpan.FromSeconds(2))
            Volatile.Write(ref _offset, told.ToUniversalTime().Ticks - middle.UtcTicks);
    }
}
