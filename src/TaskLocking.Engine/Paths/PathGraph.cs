using System;
using System.Collections.Generic;

namespace TaskLocking.Paths;

/// <summary>
/// The steps of a pattern without braces, made from its end to its beginning. A class also stands for its own text: somebody may mean the
/// file
/// <c>[id].tsx</c> that he is about to make.
/// </summary>
internal sealed class PathGraph
{
    // As many pairs of steps are marked in an array.
    private const int FewPairs = 1 << 16;

    private readonly List<PathNode> _nodes = [new('\0', null, -1)];
    private readonly int _start;

    /// <param name="pattern">In canonical form and with the marks of its letters apart.</param>
    public PathGraph(string pattern) => _start = Sequence(pattern);

    /// <summary>Takes the steps of both at the same time, and tells whether both can be at their ends.</summary>
    public bool Meets(PathGraph other, StringComparison comparison)
    {
        var ignoreCase = comparison == StringComparison.OrdinalIgnoreCase;
        var pairs = _nodes.Count * other._nodes.Count;
        var few = pairs <= FewPairs ? new bool[pairs] : [];
        var many = pairs <= FewPairs ? null : new HashSet<int>();
        // Pairs as numbers: a list of them need not be compiled in a cold process.
        var open = new List<int>();
        Go(_start, other._start);
        while (open.Count > 0)
        {
            var (at, otherAt) = (open[^1] / other._nodes.Count, open[^1] % other._nodes.Count);
            open.RemoveAt(open.Count - 1);
            var (first, second) = (_nodes[at], other._nodes[otherAt]);
            if (first.IsChoice)
            {
                Go(first.Next, otherAt);
                if (first.Other >= 0)
                    Go(first.Other, otherAt);
            }
            else if (second.IsChoice)
            {
                Go(at, second.Next);
                if (second.Other >= 0)
                    Go(at, second.Other);
            }
            else if (first.IsEnd && second.IsEnd)
            {
                return true;
            }
            else if (first.Meets(second, ignoreCase))
            {
                Go(first.Next, second.Next);
            }
        }
        return false;

        void Go(int at, int otherAt)
        {
            var pair = at * other._nodes.Count + otherAt;
            if (many?.Add(pair) ?? !few[pair])
                open.Add(pair);
            if (many is null)
                few[pair] = true;
        }
    }

    private int Sequence(string pattern)
    {
        var places = Places(pattern);
        var next = 0;
        for (var i = places.Count - 2; i >= 0; i--)
            next = Step(pattern, places[i], places[i + 1], next);
        return next;
    }

    // Where each step begins, and the end.
    private static List<int> Places(string pattern)
    {
        var places = new List<int>(pattern.Length + 1);
        for (var at = 0; at < pattern.Length;)
        {
            places.Add(at);
            if (pattern[at] == '[' && PathClass.Read(pattern, ref at, out _) is not null)
                continue;
            at += IsAllBelow(pattern, at) ? 3
                : IsPart(pattern, at, PathSyntax.AnyDepth) ? Math.Min(3, pattern.Length - at)
                : IsPart(pattern, at, "*.*") ? 3 : 1;
        }
        places.Add(pattern.Length);
        return places;
    }

    private int Step(string pattern, int at, int end, int next)
    {
        if (end - at == 1)
        {
            return pattern[at] switch
            {
                '*' when IsPart(pattern, at, "*") => One(PathClass.Any, Run(next)),
                '*' => Run(next),
                '?' => One(PathClass.Any, Rest(next)),
                var character => Add(new PathNode(character, null, next)),
            };
        }
        if (pattern[at] == '/')
            return AllBelow(next, out _);
        if (pattern[at] == '*')
        {
            // The other is "*.*", which is everything, as Windows has it.
            return pattern[at + 1] == '*' ? AnyDepth(end - at == 3, next) : One(PathClass.Any, Run(next));
        }
        if (PathSyntax.IsEscape(pattern, at) && end - at == 3)
            return Add(new PathNode(pattern[at + 1], null, next));
        var own = next;
        for (var i = end - 1; i >= at; i--)
            own = Add(new PathNode(pattern[i], null, own));
        var read = at;
        return Either(own, One(PathClass.Read(pattern, ref read, out _)!, Rest(next)));
    }

    // Any number of parts, each with the slash behind it; at the end of the pattern one part at least.
    private int AnyDepth(bool isFollowed, int next)
    {
        if (!isFollowed)
        {
            _ = AllBelow(next, out var part);
            return part;
        }
        var choice = Add(new PathNode('\0', null, next));
        var slash = Add(new PathNode('/', null, choice));
        _nodes[choice] = new PathNode('\0', null, next, One(PathClass.Any, Run(slash)));
        return choice;
    }

    // Any number of parts, each with the slash before it: the folder itself is one of its names, for it may be taken for a file.
    private int AllBelow(int next, out int part)
    {
        var choice = Add(new PathNode('\0', null, next));
        part = One(PathClass.Any, Run(choice));
        _nodes[choice] = new PathNode('\0', null, next, Add(new PathNode('/', null, part)));
        return choice;
    }

    private int Run(int next) => Loop(PathClass.Any, next);

    // The marks of a letter belong to it.
    private int Rest(int next) => Loop(PathClass.Continuation, next);

    private int Loop(PathClass what, int next)
    {
        var choice = Add(new PathNode('\0', null, next));
        _nodes[choice] = new PathNode('\0', null, next, One(what, choice));
        return choice;
    }

    private int One(PathClass what, int next) => Add(new PathNode('\0', what, next));

    private int Either(int one, int other) => Add(new PathNode('\0', null, one, other));

    private int Add(PathNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    // Only of a folder that is named: what a wildcard stands for is taken for what it is.
    private static bool IsAllBelow(string pattern, int at) =>
        pattern[at] == '/' && at + 3 == pattern.Length && IsPart(pattern, at + 1, PathSyntax.AnyDepth)
            && !PathSyntax.IsPattern(pattern[..at]);

    private static bool IsPart(string pattern, int at, string part) => string.CompareOrdinal(pattern, at, part, 0, part.Length) == 0
        && (at == 0 || pattern[at - 1] == '/') && (at + part.Length == pattern.Length || pattern[at + part.Length] == '/');
}
