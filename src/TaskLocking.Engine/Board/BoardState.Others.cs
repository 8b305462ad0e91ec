using System;
using System.Collections.Generic;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// What others commit all day long: somebody takes a task, somebody has ended one. Who decides here needs of that where it leaves the
/// queue; the todo itself is read when somebody asks for it.
/// </summary>
internal sealed partial class BoardState
{
    // More at once are none of those that come all day long.
    private const int MostAtOnce = 16;

    private List<(Range Patch, PatchGlance Glance)> _patches = []; // of the line that is being read
    private ClaimHolders _holders = new();

    // Most lines; false if it is another, and nothing is changed.
    private bool ApplySinglePatch(ReadOnlySpan<byte> line)
    {
        if (!SinglePatchLine.TryRead(line, out var patch) || !_index.TryGetValue(JsonScan.Utf8(patch.Id), out var place))
            return false;
        Version = patch.Version;
        SetTime(patch.Time);
        Patch(place, patch.Operation);
        return true;
    }

    // Where one task ends and another begins; false if it is another line, and nothing is changed.
    private bool ApplyPatches(ReadOnlySpan<byte> line)
    {
        if (!PatchesLine.TryRead(line, out var version, out var time, _patches) || _patches.Count > MostAtOnce)
            return false;
        Span<int> places = stackalloc int[MostAtOnce];
        for (var i = 0; i < _patches.Count; i++)
        {
            if (!_index.TryGetValue(JsonScan.Utf8(line[_patches[i].Glance.Id]), out places[i]))
                return false;
        }
        Version = version;
        SetTime(line[time]);
        for (var i = 0; i < _patches.Count; i++)
        {
            Remember(places[i]);
            if (IsAsked)
                Tell(_entries[places[i]].Id, line, _patches[i].Glance);
            Defer(places[i], line[_patches[i].Patch]);
        }
        return true;
    }

    private void SetTime(ReadOnlySpan<byte> time)
    {
        time.CopyTo(_time ??= new byte[Timestamp.Length]);
        _lastModified = null;
    }

    private void Patch(int place, ReadOnlySpan<byte> patch)
    {
        Remember(place);
        if (IsAsked)
        {
            var at = 0;
            var glance = PatchGlance.TryRead(patch, ref at, out var read) ? read : default;
            Tell(_entries[place].Id, patch, glance);
        }
        Defer(place, patch);
    }

    private void Defer(int place, ReadOnlySpan<byte> patch)
    {
        MayHaveParent(patch);
        if (_deferred.Add(place, patch, Version) > LongestDeferred)
            _long.Add(place);
        Size += SizeOfPatch;
    }

    private void Tell(string id, ReadOnlySpan<byte> bytes, PatchGlance glance)
    {
        if (!TryStep(id, bytes, glance))
            Behind(id);
    }

    // No name that is kept of a task changes by it.
    private bool TryStep(string id, ReadOnlySpan<byte> bytes, PatchGlance glance)
    {
        if (_graph is null || !glance.SetsClaim || (_graphBehind.Count > 0 && _graphBehind.Contains(id)))
            return false;
        var holder = glance.EndsClaim ? null : _holders.Find(bytes[glance.Holder]);
        return holder is null == glance.EndsClaim && _graph.TryStep(id, glance.Status, holder, glance.Expires);
    }
}
