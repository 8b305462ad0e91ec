using System;
using TaskLocking.Board;

namespace TaskLocking.StoreContract;

/// <summary>The same place, used by processes that end after every call.</summary>
public sealed class OneShot<TPlace> : StorePlace
    where TPlace : StorePlace, new()
{
    private readonly TPlace _place = new();

    /// <inheritdoc/>
    public override Type Log => _place.Log;

    /// <inheritdoc/>
    public override string Workspace => _place.Workspace;

    /// <inheritdoc/>
    public override MovedClock Clock => _place.Clock;

    /// <inheritdoc/>
    public override KnownProcesses Processes => _place.Processes;

    /// <inheritdoc/>
    internal override ITaskStore Open(bool isOneShot) => new OneShotStore(() => _place.Open(isOneShot: true));

    /// <inheritdoc/>
    protected internal override void Remove() => _place.Remove();
}
