using System;
using System.IO;
using TaskLocking.SelfTest;
using Xunit;

namespace TaskLocking.Tests.Diagnostics;

public sealed class ClockCheckTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(60, false)]
    [InlineData(-60, false)]
    [InlineData(86_400 * 365, false)]
    public void A_clock_that_is_off_is_found(int seconds, bool passes)
    {
        var path = Path.GetTempFileName();
        try
        {
            var failure = Record.Exception(() => ClockCheck.Run(path, new ShiftedClock(TimeSpan.FromSeconds(seconds))));
            Assert.Equal(passes, failure is null);
            Assert.True(failure is null or TaskLockingException { Refusal.Code: RefusalCode.StoreUnavailable });
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + shift;
    }
}
