#if NETSTANDARD2_0
namespace System;

/// <summary>The part of .NET 8's <c>TimeProvider</c> that the engine uses, for .NET Standard 2.0.</summary>
public abstract class TimeProvider
{
    /// <summary>The clock of the machine.</summary>
    public static TimeProvider System { get; } = new SystemClock();

    /// <summary>The time now, in UTC.</summary>
    public virtual DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow;

    private sealed class SystemClock : TimeProvider;
}
#endif
