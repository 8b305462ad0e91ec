using System;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>A part of what every store promises: two boards over one fresh place, each as good as another process.</summary>
public abstract class Contract<TPlace> : IDisposable
    where TPlace : StorePlace, new()
{
    /// <summary>Opens the place and both boards.</summary>
    protected Contract()
    {
        One = Place.OpenBoard();
        Two = Place.OpenBoard();
    }

    /// <summary>The place of this test alone.</summary>
    protected TPlace Place { get; } = new();

    /// <summary>The board that mostly writes.</summary>
    protected TaskBoard One { get; }

    /// <summary>The board that mostly looks.</summary>
    protected TaskBoard Two { get; }

    /// <summary>Closes the boards and removes the place.</summary>
    public void Dispose()
    {
        One.Dispose();
        Two.Dispose();
        Place.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Defines tasks that must all be new, in one commit, through <see cref="One"/>.</summary>
    protected void Define(params string[] ids)
    {
        foreach (var outcome in One.Define(Array.ConvertAll(ids, id => new TaskDefinition(id))))
            Assert.Null(outcome.Refusal);
    }

    /// <summary>The one outcome of a call, which must be a refusal.</summary>
    protected static Refusal Refused(System.Collections.Generic.IReadOnlyList<TaskOutcome> outcomes)
    {
        var outcome = Assert.Single(outcomes);
        Assert.Null(outcome.Task);
        Assert.False(outcome.Changed);
        return Assert.IsType<Refusal>(outcome.Refusal);
    }

    /// <summary>The refusal that the call throws.</summary>
    protected static Refusal Thrown(Action call) => Assert.Throws<TaskLockingException>(call).Refusal;
}
