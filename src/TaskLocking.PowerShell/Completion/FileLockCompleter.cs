using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes the paths of file leases, as they are written at the session's location.</summary>
public sealed class FileLockCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters)
    {
        var board = CurrentBoard.Open(boundParameters);
        var isHere = string.Equals(WorkspacePath.Canonical(CurrentBoard.Location()), board.Workspace, StringComparison.Ordinal);
        return board.GetFileLeases().Select(lease => (
            isHere ? lease.Pattern : Path.Combine(board.Workspace, lease.Pattern),
            $"{lease.Agent} until {lease.Expires.ToLocalTime():t}"));
    }
}
