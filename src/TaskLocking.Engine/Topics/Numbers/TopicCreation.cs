using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace TaskLocking.Topics;

/// <summary>What one request for topics has to do with a repository, and what it has to tell in the end.</summary>
internal sealed class TopicCreation
{
    private static readonly LockOptions DefaultWait = new() { Timeout = TimeSpan.FromSeconds(10) };

    private readonly TopicDoubts _doubts;
    private readonly TopicRequest _request;
    private readonly TopicPlace? _place;
    private readonly TopicSeries? _series;
    private readonly CancellationToken _cancellationToken;
    private readonly List<string> _made = [];

    public TopicCreation(TopicDoubts doubts, TopicRequest request, TopicPlace? place, ITopicGit? git, CancellationToken cancellationToken)
    {
        _doubts = doubts;
        _request = request;
        _place = place;
        _series = place is null ? null : new TopicSeries(place, git, doubts);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Gives the numbers; null: they are the root's own.</summary>
    public ITopicNumbers? Numbers => _series;

    /// <summary>The same, where the root is known to lie in a repository.</summary>
    public TopicSeries Series => _series!;

    /// <summary>Among whom the numbers are the only ones.</summary>
    public TopicScope Scope => _doubts.Any ? TopicScope.Local
        : _request.Reserve == TopicReserve.Remote ? TopicScope.Remote : TopicScope.Repository;

    /// <summary>What a server has to say, before any lock.</summary>
    public void Prepare(string[] names, bool[]? reusable)
    {
        if (_request.Reserve == TopicReserve.Remote)
            _series?.Prepare(_place!.Root, names, reusable, _request, Enter);
    }

    /// <summary>Takes the lock of all working trees; null where there is none.</summary>
    public IDisposable? Enter() => _series?.Enter(_request.Wait ?? DefaultWait, _cancellationToken);

    /// <summary>Gives back what was not used, and has git not see the lock file of the root.</summary>
    public void Finish(IReadOnlyCollection<TopicFolder> folders)
    {
        _made.AddRange(folders.Where(folder => folder.Created).Select(folder => folder.FileName));
        _series?.Finish(folders);
        if (folders.Count > 0 && _place is not null)
            ExcludedFile.Add(_place.Common, TopicStore.LockFileName);
    }

    /// <summary>What a person has to know.</summary>
    public IEnumerable<StoreNotice> Notices()
    {
        if (_doubts.Any)
            yield return _doubts.Notice();
        foreach (var (folder, where) in (_series?.Found ?? []).Where(found => _made.Contains(found.Folder)))
        {
            yield return new StoreNotice(StoreNoticeKind.TopicElsewhere,
                $"'{folder}' is {where}: the topic here has the same number.", System.IO.Path.Combine(_place!.Root, folder));
        }
    }
}
