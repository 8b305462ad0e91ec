using System;
using System.Threading;
using TaskLocking.Workspaces;

namespace TaskLocking.Topics;

/// <summary>
/// The repository that a root lies in, if it does; looked for once, from git's own files. git itself is run when it is asked.
/// </summary>
/// <param name="root">Full, without links; it need not exist.</param>
/// <param name="open">Makes git of a place, or null where it is not there; left out: the program that PATH finds.</param>
internal sealed class TopicRepository(string root, Func<TopicPlace, CancellationToken, ITopicGit?>? open = null)
{
    private readonly object _gate = new();
    private bool _isKnown;
    private TopicPlace? _place;
    private string? _doubt;

    /// <summary>A root that is looked at as if it lay in none: what is made there is for nobody else.</summary>
    public static TopicRepository None(string root) => new(root) { _isKnown = true };

    /// <summary>The place of the root in it; null if there is none, or it cannot be told.</summary>
    public TopicPlace? Place
    {
        get
        {
            lock (_gate)
            {
                if (_isKnown)
                    return _place;
                _isKnown = true;
                try
                {
                    return _place = TopicPlace.Of(root);
                }
                catch (TaskLockingException refused)
                {
                    _doubt = $"its repository cannot be reached ({refused.Message})";
                    return null;
                }
            }
        }
    }

    /// <summary>git for the root's repository.</summary>
    public ITopicGit? Git(TopicPlace place, CancellationToken cancellationToken) => (open ?? OfProgram)(place, cancellationToken);

    /// <summary>Begins to make topics; null where the root is nobody else's: then numbers are its own.</summary>
    /// <exception cref="TaskLockingException">StoreUnavailable: less is known than was asked for, and that will not do.</exception>
    public TopicCreation? Begin(TopicRequest request, CancellationToken cancellationToken)
    {
        var place = Place;
        var doubts = new TopicDoubts(root, request.IsStrict);
        if (_doubt is not null)
            doubts.Add(_doubt);
        if (place is null && request.Reserve == TopicReserve.Remote)
            doubts.Add("it lies in no repository of git that could have a remote");
        if (place is null)
            return doubts.Any ? new TopicCreation(doubts, request, null, null, cancellationToken) : null;
        var git = Git(place, cancellationToken);
        if (git is null)
            doubts.Add("git is not found by PATH, so other branches are not looked at and no remote is asked");
        return new TopicCreation(doubts, request, place, git, cancellationToken);
    }

    /// <summary>The repository, for who can do nothing without.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument: the root lies in none; StoreUnavailable: it cannot be reached, or git is not
    /// there.</exception>
    public (TopicPlace Place, GitProgram Program) Require(CancellationToken cancellationToken)
    {
        if (Place is not { } place)
        {
            throw new TaskLockingException(new Refusal(_doubt is null ? RefusalCode.InvalidArgument : RefusalCode.StoreUnavailable,
                $"'{root}' lies in no repository of git" + (_doubt is null ? ", whose history this needs." : $" that is known: {_doubt}."))
            { Path = root });
        }
        return GitProgram.Find() is { } program ? (place, new GitProgram(program, place.Tree.Top, cancellationToken))
            : throw Unavailable("git is not found by PATH", null);
    }

    /// <summary>What git said, as a refusal.</summary>
    public TaskLockingException Unavailable(string why, Exception? cause) =>
        new(new Refusal(RefusalCode.StoreUnavailable, $"The repository of '{root}' cannot be asked: {why}.") { Path = root }, cause);

    private static TopicGit? OfProgram(TopicPlace place, CancellationToken cancellationToken) =>
        GitProgram.Find() is { } program ? new TopicGit(new GitProgram(program, place.Tree.Top, cancellationToken), place) : null;
}
