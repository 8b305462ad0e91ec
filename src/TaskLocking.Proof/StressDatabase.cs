using System;

namespace TaskLocking;

/// <summary>
/// A database in which the stress protocol makes boards of its own, as whoever can reach it hands it over: this assembly knows none.
/// </summary>
/// <param name="name">What people call it: the address of the workspace, without a password.</param>
/// <param name="address">The address of the board of a name, in a place where nobody else has one.</param>
/// <param name="open">Opens a board: its address, the folder that its tasks are about, and whether for one look alone.</param>
public sealed class StressDatabase(string name, Func<string, string> address, Func<string, string, bool, TaskBoard> open)
{
    /// <summary>What people call it.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Cuts what the process of this id has open to the server, and tells whether that was anything. Null where nobody can.
    /// </summary>
    public Func<int, bool>? Cut { get; init; }

    /// <summary>Removes the boards: called behind the run, unless they are left for looking at. Null: they stay.</summary>
    public Action? Remove { get; init; }

    internal string AddressOf(string board) => address(board);

    internal TaskBoard Open(string board, string folder, bool isOneShot) => open(board, folder, isOneShot);
}
