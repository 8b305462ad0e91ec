using System;
using System.Text;

namespace TaskLocking.Todo2;

/// <summary>
/// What tools call the member of a todo that holds its dependencies, whatever the case and the marks between its words: what says that a
/// task waits is never passed over because it is called otherwise.
/// </summary>
internal static class DependencyNames
{
    private const int Longest = 28;

    // In small letters, without marks, and without what may stand behind: "tasks", "ids".
    private static readonly byte[][] Known = Array.ConvertAll(
    [
        "dep", "deps", "depend", "depends", "dependon", "dependson", "dependsupon", "dependent", "dependenton", "dependency",
        "dependencies", "dependencylist", "harddep", "harddeps", "harddependencies", "need", "needs", "blocked", "blockedby", "blockedon",
        "blocker", "blockers", "prereq", "prereqs", "prerequisite", "prerequisites", "precondition", "preconditions", "require",
        "requires", "waitsfor", "waitfor", "waitingfor", "waitson", "waitingon", "predecessor", "predecessors", "precededby", "after",
        "runafter", "startafter",
    ], Encoding.ASCII.GetBytes);

    private static readonly byte[][] Behind = Array.ConvertAll(["tasks", "task", "todos", "issues", "ids", "id"], Encoding.ASCII.GetBytes);

    private static readonly byte[][] Before = Array.ConvertAll(["is", "task", "required", "blocking"], Encoding.ASCII.GetBytes);

    /// <summary>Whether a member of a todo is called so.</summary>
    public static bool Has(string name) => Has(Encoding.UTF8.GetBytes(name));

    /// <summary>The same of the bytes of its name.</summary>
    public static bool Has(ReadOnlySpan<byte> name)
    {
        // Most names begin otherwise: of every todo all of them come by here.
        if (name.Length is < 3 or > Longest || "abdhinprstw"u8.IndexOf((byte)(name[0] | 0x20)) < 0)
            return false;
        Span<byte> plain = stackalloc byte[Longest];
        var length = 0;
        foreach (var letter in name)
        {
            if (letter is not ((byte)'_' or (byte)'-' or (byte)' ' or (byte)'.'))
                plain[length++] = letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;
        }
        return IsKnown(plain[..length]);
    }

    private static bool IsKnown(ReadOnlySpan<byte> plain)
    {
        if (Among(Known, plain))
            return true;
        foreach (var behind in Behind)
        {
            var rest = plain.EndsWith(behind) ? plain[..^behind.Length] : default;
            // What is required or blocking is a task only where that is said.
            if (rest.Length > 0 && (Among(Known, rest) || rest.SequenceEqual(Before[2]) || rest.SequenceEqual(Before[3])))
                return true;
        }
        return (plain.StartsWith(Before[0]) && Among(Known, plain[Before[0].Length..]))
            || (plain.StartsWith(Before[1]) && Among(Known, plain[Before[1].Length..]));
    }

    private static bool Among(byte[][] names, ReadOnlySpan<byte> plain)
    {
        foreach (var name in names)
        {
            if (plain.SequenceEqual(name))
                return true;
        }
        return false;
    }
}
