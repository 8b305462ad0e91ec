using System;
using System.Collections.Generic;
using System.Text;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>Dependencies as <see cref="DependencyText"/> writes them, and what a reader makes of that.</summary>
internal sealed class RewrittenDependencies : IForeignDependencies
{
    private readonly DependencyList _read = new();

    /// <param name="todo">The todo as it is.</param>
    /// <param name="task">Its id.</param>
    /// <param name="ids">What it is to wait for.</param>
    /// <param name="unread">What is to stay of that which is not understood, as the todo writes it.</param>
    public RewrittenDependencies(ReadOnlyMemory<byte> todo, string task, IReadOnlyList<string> ids, IReadOnlyCollection<string> unread)
    {
        Json = Encoding.UTF8.GetBytes(DependencyText.Rewrite(todo, task, ids, unread));
        var reader = JsonReading.Of(Json);
        reader.Read();
        DependencyReader.Read(ref reader, Json, task, isLine: false, _read);
    }

    /// <summary>The list, as the journal gets it.</summary>
    public byte[] Json { get; }

    public IReadOnlyList<string> Ids => _read.Ids;

    public IReadOnlyList<string> Unread => (IReadOnlyList<string>?)_read.Unread ?? [];

    public bool IsPlain => _read.IsPlain;
}
