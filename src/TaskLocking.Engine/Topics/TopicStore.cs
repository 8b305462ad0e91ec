using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// The numbered topic folders of one root. Scan, next number and mkdir happen inside one lock, <c>{root}/.topic_number.lock</c>.
/// </summary>
public sealed class TopicStore
{
    /// <summary>Opens a root. It is made when the first topic is.</summary>
    /// <param name="projectRoot">The full path of the project's folder.</param>
    /// <param name="root">What the user named, absolute or relative to <paramref name="projectRoot"/>; null: <c>CLAUDE_SPECS_ROOT</c>,
    /// an existing <c>.claude/specs</c>, an existing <c>specs</c>, else <c>.claude/specs</c>.</param>
    public static TopicStore Open(string projectRoot, string? root = null) => throw new NotSupportedException(projectRoot + root);

    /// <summary>The root, canonical full path.</summary>
    public string Root { get; } = "";

    /// <summary>Makes one folder a name, in the order given, under one lock and one scan. Names are cleaned by <see cref="TopicName"/>.</summary>
    /// <param name="names">Free text; a name with nothing left is InvalidArgument and nothing is made.</param>
    /// <param name="reuse">Give the topic of exactly that cleaned name if there is one (the lowest number).</param>
    /// <param name="options">Waiting; null: 10 s.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    public IReadOnlyList<TopicDirectory> Create(IReadOnlyList<string> names, bool reuse = false, LockOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>All topics by number; takes no lock. A root that does not exist has none.</summary>
    public IReadOnlyList<TopicDirectory> List() => throw new NotSupportedException();

    /// <summary>The topic with this number, or null.</summary>
    public TopicDirectory? Find(int number) => throw new NotSupportedException();

    /// <summary>Duplicates, gaps, misnamed folders, a lock that is held now.</summary>
    public TopicReport Check() => throw new NotSupportedException();

    /// <summary>Makes the artifact folder of a topic if need be and gives its full path.</summary>
    /// <exception cref="Diagnostics.TaskLockingException">TopicNotFound, InvalidArgument for an unknown kind.</exception>
    public string EnsureArtifact(int number, string kind) => throw new NotSupportedException();
}
