using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace TaskLocking.Topics;

/// <summary>
/// The numbers of a root that others have too: other working trees, branches and clones of its repository. A number is above all that is
/// known to be taken, and is reserved by a ref that must not be there, which exactly one of many can make; asked for, at a remote as well.
/// </summary>
/// <remarks>
/// Calling sequence, for one request: <see cref="Prepare"/> without a lock, for what a server has to say; <see cref="Enter"/>, then the
/// root's own lock; under both <see cref="Take"/>; <see cref="Finish"/> at the end, whether it was of use or not. What is not used is given
/// back; who is killed in between leaves a reservation, and so a gap.
/// </remarks>
internal sealed class TopicSeries : ITopicNumbers
{
    private const int MostTries = 200;

    private readonly TopicPlace _place;
    private readonly TopicDoubts _doubts;
    private readonly Dictionary<int, string> _booked = [];
    private readonly Dictionary<int, string> _pushed = [];
    private readonly Dictionary<string, (string Folder, string Where)?> _elsewhere = new(StringComparer.Ordinal);
    private readonly List<GitRef> _atRemote = [];
    private ITopicGit? _git;
    private KnownNumbers? _known;
    private Queue<int> _prepared = new();
    private string? _remote;

    public TopicSeries(TopicPlace place, ITopicGit? git, TopicDoubts doubts)
    {
        _place = place;
        _git = git;
        _doubts = doubts;
    }

    public bool KeepsEmptyFolders => true;

    /// <summary>The folders that were found with others, and where.</summary>
    public IEnumerable<(string Folder, string Where)> Found =>
        _elsewhere.Values.Where(found => found is not null).Select(found => found!.Value);

    /// <summary>Reserves at a remote what the names will need.</summary>
    /// <param name="root">The root, which need not exist.</param>
    /// <param name="names">Cleaned.</param>
    /// <param name="reusable">Of each, whether one of that name is given; null for none.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="enter">Takes the lock in the git directory.</param>
    public void Prepare(string root, string[] names, bool[]? reusable, TopicRequest request, Func<IDisposable?> enter)
    {
        if (_git is null)
            return;
        try
        {
            _remote = GitRemotes.Choose(_git, request.Remote, _doubts);
            Learn(_git, _remote, request);
            for (var tries = 0; tries < MostTries; tries++)
            {
                IReadOnlyList<int> numbers;
                using (enter())
                    numbers = Book(root, names, reusable);
                if (numbers.Count == 0 || _git is null)
                    return;
                var target = _booked[numbers[0]];
                if (_git.Push(_remote, [.. numbers.Select(_place.RefOf)], target))
                {
                    foreach (var number in numbers)
                        _pushed[number] = target;
                    _prepared = new Queue<int>(numbers);
                    return;
                }
                GiveBack(numbers);
                _atRemote.AddRange(_git.Reserved(_remote));
            }
            _doubts.Add($"others were faster at '{_remote}' {MostTries} times");
        }
        catch (GitFailure failure)
        {
            GiveBack([.. _booked.Keys]);
            _doubts.Add($"the number is not reserved at {(_remote is null ? "a remote" : $"'{_remote}'")} ({failure.Message})", failure);
        }
    }

    /// <summary>Takes the lock in the git directory, which comes before that of the root, and looks at what is taken.</summary>
    /// <returns>The lock; null where it cannot be had, which is told.</returns>
    public IDisposable? Enter(LockOptions wait, CancellationToken cancellationToken)
    {
        var held = RepositoryLock.Take(_place, wait, _doubts, cancellationToken);
        try
        {
            _known = KnownNumbers.Read(_place, _git, _doubts);
            if (!_known.HasHistory)
                _git = null;
            _known.Reserve(_atRemote);
            _elsewhere.Clear();
            return held;
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    public string? Elsewhere(string name)
    {
        if (_elsewhere.TryGetValue(name, out var found))
            return found?.Folder;
        try
        {
            found = _known!.Find(name, each => _booked.TryGetValue(_place.NumberOf(each.Name), out var own) && own == each.Object);
        }
        catch (GitFailure failure)
        {
            _doubts.Add($"nobody has seen whether another branch has '{name}' ({failure.Message})", failure);
        }
        _elsewhere[name] = found;
        return found?.Folder;
    }

    public IReadOnlyList<int> Take(int highest, IReadOnlyList<string> names)
    {
        if (_prepared.Count >= names.Count && names.Count > 0)
        {
            var ready = names.Select(_ => _prepared.Dequeue()).ToList();
            if (!ready.Exists(_known!.IsInAnotherTree) && !TopicScan.Entries(_place.Root).Any(entry => ready.Contains(entry.Number)))
                return ready;
        }
        if (_pushed.Count > 0)
            _doubts.Add("somebody has made a folder by hand with the number that was reserved, so another was taken");
        for (var tries = 0; tries < MostTries; tries++)
        {
            var numbers = new int[names.Count];
            for (var index = 0; index < numbers.Length; index++)
                numbers[index] = highest = _known!.Next(highest);
            if (highest > TopicFolderName.MaxNumber)
                throw TopicAllocation.Exhausted(_place.Root);
            if (_git is null || IsBooked(_git, numbers, names))
                return numbers;
        }
        throw new TaskLockingException(new Refusal(RefusalCode.StoreUnavailable,
            $"Others took {MostTries} numbers of '{_place.Root}' in a row before they could be reserved here. Try again.")
        { Path = _place.Root });
    }

    /// <summary>The numbers that would be given now; none is reserved. Call after <see cref="Enter"/>.</summary>
    public IReadOnlyList<int> Preview(int highest, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => highest = _known!.Next(highest))];

    /// <summary>Gives back what was not used.</summary>
    /// <param name="used">The folders that have their numbers now.</param>
    public void Finish(IEnumerable<TopicFolder> used)
    {
        var numbers = new HashSet<int>(used.Select(folder => TopicFolderName.NumberOf(folder.FileName.AsSpan())));
        GiveBack([.. _booked.Keys.Where(number => !numbers.Contains(number))]);
    }

    private bool IsBooked(ITopicGit git, int[] numbers, IReadOnlyList<string> names)
    {
        try
        {
            var target = git.Write(TopicBooking.Write(numbers.Select((number, index) =>
                new KeyValuePair<int, string>(number, names[index])), DateTimeOffset.UtcNow));
            if (git.Create([.. numbers.Select(_place.RefOf)], target))
            {
                foreach (var number in numbers)
                    _booked[number] = target;
                return true;
            }
            _known!.Reserve(git.Refs());
            return false;
        }
        catch (GitFailure failure)
        {
            _doubts.Add($"the number cannot be reserved here ({failure.Message})", failure);
            _git = null;
            return true;
        }
    }

    // Those that no topic of that name has, here or with others.
    private IReadOnlyList<int> Book(string root, string[] names, bool[]? reusable)
    {
        var entries = TopicScan.Entries(root);
        var own = new ReusableNames();
        foreach (var entry in entries.Where(entry => entry.IsTopic))
            own.Add(entry.FileName);
        var need = new List<string>();
        for (var index = 0; index < names.Length; index++)
        {
            if (reusable?[index] != true)
                need.Add(names[index]);
            else if (own.Find(names[index]) is null && Elsewhere(names[index]) is null && !need.Contains(names[index]))
                need.Add(names[index]);
        }
        return need.Count == 0 ? [] : Take(Math.Max(0, entries.Select(entry => entry.Number).LastOrDefault()), need);
    }

    private void Learn(ITopicGit git, string remote, TopicRequest request)
    {
        try
        {
            if (request.Fetch || request.Reuse)
                git.Fetch(remote, branches: request.Fetch);
        }
        catch (GitFailure failure)
        {
            _doubts.Add($"the branches of '{remote}' are as they were last fetched ({failure.Message})", failure);
        }
        _atRemote.AddRange(git.Reserved(remote));
    }

    private void GiveBack(IReadOnlyCollection<int> numbers)
    {
        foreach (var group in numbers.Where(_booked.ContainsKey).ToList().GroupBy(number => _booked[number], StringComparer.Ordinal))
        {
            try
            {
                string[] refs = [.. group.Select(_place.RefOf)];
                string[] pushed = [.. group.Where(_pushed.ContainsKey).Select(_place.RefOf)];
                if (pushed.Length > 0)
                    _git?.Withdraw(_remote!, pushed, group.Key);
                _git?.Delete(refs, group.Key);
            }
            catch (Exception exception) when (exception is GitFailure or OperationCanceledException)
            {
                System.Diagnostics.Debug.WriteLine(exception); // it stays reserved: a gap
            }
            foreach (var number in group)
            {
                _booked.Remove(number);
                _pushed.Remove(number);
            }
        }
    }
}
