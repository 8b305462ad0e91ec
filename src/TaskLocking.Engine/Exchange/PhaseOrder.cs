using System.Collections.Generic;
using System.Globalization;

namespace TaskLocking.Exchange;

/// <summary>
/// What each task of phases waits for. Within a phase, those that may run side by side wait for the last one before them that may not, and
/// that one for all of them. A phase begins behind the one before it; user stories begin behind the last phase that is none, and what
/// comes after them waits for all.
/// </summary>
internal sealed class PhaseOrder
{
    private List<string> _before = []; // what the phase waits for
    private List<string> _stories = []; // the ends of the stories so far
    private List<string> _foundation = []; // the end of the last phase that is no story
    private List<string> _barrier = []; // what the next task of the phase waits for
    private List<string> _side = []; // those side by side since
    private bool _isStory;

    /// <summary>The phase; null before the first.</summary>
    public string? Name { get; private set; }

    /// <summary>Begins a phase.</summary>
    public void Begin(string name)
    {
        End();
        Name = name;
        _isStory = CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, "user story", CompareOptions.OrdinalIgnoreCase) >= 0;
        _before = _isStory || _stories.Count == 0 ? _foundation : _stories;
        (_barrier, _side) = (_before, []);
    }

    /// <summary>What the next task waits for.</summary>
    /// <param name="id">The task.</param>
    /// <param name="isParallel">Whether it may run beside those before it.</param>
    public List<string> Next(string id, bool isParallel)
    {
        if (isParallel)
        {
            _side.Add(id);
            return [.. _barrier];
        }
        var awaited = _side.Count > 0 ? _side : _barrier;
        (_barrier, _side) = ([id], []);
        return [.. awaited];
    }

    private void End()
    {
        var last = _side.Count > 0 ? _side : _barrier;
        if (ReferenceEquals(last, _before) || last.Count == 0)
            return; // A heading without tasks is no phase.
        if (_isStory)
            _stories = [.. _stories, .. last];
        else
            (_foundation, _stories) = ([.. last], []);
    }
}
