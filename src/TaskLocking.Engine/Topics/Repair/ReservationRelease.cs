using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace TaskLocking.Topics;

/// <summary>
/// Takes reservations away that were never used. That is seen to first: no folder in any working tree has the number, and no commit on any
/// ref ever had it. Where that cannot be seen, nothing goes.
/// </summary>
internal sealed class ReservationRelease(TopicPlace place, ITopicGit git, TopicReleaseRequest request, CancellationToken cancellationToken)
{
    private static readonly LockOptions DefaultWait = new() { Timeout = TimeSpan.FromSeconds(10) };

    private readonly TopicDoubts _doubts = new(place.Root, "No reservation is taken away in");

    /// <summary>Those that are not used; of them are gone which were asked for.</summary>
    /// <exception cref="TaskLockingException">TopicNotFound: a number is not reserved; StatusConflict: a topic has it; StoreUnavailable: it
    /// cannot be seen whether one has.</exception>
    /// <exception cref="GitFailure">git does not do it.</exception>
    public IReadOnlyList<TopicReservation> Run()
    {
        var remote = request.Reserve == TopicReserve.Remote ? GitRemotes.Choose(git, request.Remote, _doubts) : null;
        var reserved = new List<(GitRef Ref, string? Remote)>();
        if (remote is not null)
        {
            git.Fetch(remote, branches: true);
            reserved.AddRange(git.Reserved(remote).Select(each => (each, (string?)remote)));
        }
        using var held = RepositoryLock.Take(place, request.Wait ?? DefaultWait, _doubts, cancellationToken);
        var known = KnownNumbers.Read(place, git, _doubts);
        var own = new HashSet<int>(TopicScan.Entries(place.Root).Select(entry => entry.Number));
        reserved.AddRange(git.Refs().Where(each => each.Name.StartsWith(place.RefPrefix, StringComparison.Ordinal))
            .Select(each => (each, (string?)null)));
        reserved.RemoveAll(each => place.NumberOf(each.Ref.Name) < 0);
        bool IsUsed(int number) => own.Contains(number) || known.IsUsed(number);
        Refuse(reserved.Select(each => place.NumberOf(each.Ref.Name)), IsUsed);
        var texts = git.Read([.. reserved.Select(each => each.Ref.Object).Distinct(StringComparer.Ordinal)]);
        return
        [
            .. from each in reserved
               let number = place.NumberOf(each.Ref.Name)
               where !IsUsed(number)
               orderby number, each.Remote is null
               let text = texts.TryGetValue(each.Ref.Object, out var read) ? read : ""
               select Release(each.Ref, each.Remote, number, TopicBooking.Read(text)),
        ];
    }

    private void Refuse(IEnumerable<int> reserved, Func<int, bool> isUsed)
    {
        var numbers = new HashSet<int>(reserved);
        foreach (var number in request.Numbers)
        {
            var text = TopicFolderName.Format(number);
            if (!numbers.Contains(number))
                throw new TaskLockingException(new Refusal(RefusalCode.TopicNotFound,
                    $"Number {text} is not reserved in '{place.Root}'. 'tasklock topic release' shows what is.")
                { Path = place.Root });
            if (isUsed(number))
                throw new TaskLockingException(new Refusal(RefusalCode.StatusConflict,
                    $"Number {text} is or was that of a topic in '{place.Root}', so its reservation stays.")
                { Path = place.Root });
        }
    }

    private TopicReservation Release(GitRef each, string? remote, int number, TopicBooking booking)
    {
        var isOld = request.OlderThan is { } age && booking.Time is { } time && DateTimeOffset.UtcNow - time > age;
        var goes = !request.IsPreview && (isOld || request.Numbers.Contains(number));
        if (goes && remote is null)
        {
            git.Delete([each.Name], each.Object);
        }
        else if (goes)
        {
            git.Withdraw(remote!, [each.Name], each.Object);
            var tracked = place.TrackedOf(remote!, number);
            if (git.Refs().Any(other => other.Name == tracked && other.Object == each.Object))
                git.Delete([tracked], each.Object);
        }
        var name = booking.Topics.TryGetValue(number, out var topic) ? topic : "";
        return new TopicReservation(TopicFolderName.Format(number), name, booking.Agent, booking.Host, booking.Time, remote, goes);
    }
}
