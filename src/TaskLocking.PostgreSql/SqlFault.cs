using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using Npgsql;

namespace TaskLocking.PostgreSql;

/// <summary>The one table from what a server or the way to it says to what is done about it.</summary>
internal static class SqlFault
{
    /// <summary>The notice that tells that a wait for a standby was broken off: what was committed here may be nowhere else.</summary>
    public const string NotReplicated = "01000";

    /// <summary>What it says about a statement that was on its way.</summary>
    public static SqlFaultKind KindOf(Exception fault) => fault switch
    {
        PostgresException { SqlState: { } state } => KindOf(state),
        NpgsqlException or IOException or SocketException or TimeoutException => SqlFaultKind.Unknown,
        _ => SqlFaultKind.Refused,
    };

    /// <summary>Whether a connection that was not made may be made a moment later.</summary>
    public static bool MayConnectLater(Exception fault) => fault switch
    {
        PostgresException { SqlState: { } state } => state is "57P01" or "57P02" or "57P03" or "53300" or "25006"
            || state.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or TimeoutException or SocketException or IOException => true,
        _ => false,
    };

    /// <summary>What a person is told.</summary>
    public static TaskLockingException Refusal(Exception fault, ServerAddress address)
    {
        var at = $"the board '{address.Board}' in the database '{address.Database}'";
        var said = Sentence(fault);
        var migrate = $"Make it, or bring it up to date: tasklock store migrate --workspace '{address.Text}'.";
        var (code, sentence) = (fault as PostgresException)?.SqlState switch
        {
            { } state when state.StartsWith("28", StringComparison.Ordinal) =>
                (RefusalCode.AccessDenied, $"The server does not let us in to {at}: {said}. See the user's name, and ~/.pgpass."),
            "42501" => (RefusalCode.AccessDenied, $"A right is missing at {at}: {said}. Who owns the schema gives it: "
                + "tasklock store migrate --role NAME."),
            "3D000" => (RefusalCode.StoreUnavailable, $"The server has no such database: {said}. Make it (createdb), then the schema."),
            "3F000" or "42P01" or "42883" or "42703" =>
                (RefusalCode.StoreUnavailable, $"The schema '{address.Schema}' for {at} is not there, or an old one: {said}. {migrate}"),
            "53100" => (RefusalCode.DiskFull, $"The disk of the server of {at} is full: {said}."),
            "25006" => (RefusalCode.StoreUnavailable, $"The server of {at} is a standby, or only for reading: {said}. "
                + "Name the primary, or several hosts and target_session_attrs=primary."),
            "55P03" => (RefusalCode.LockTimeout, $"Somebody commits to {at} all the time."),
            "58030" or "XX001" or "XX002" or "XX000" => (RefusalCode.StateCorrupt, $"The server reports damage at {at}: {said}."),
            _ => (RefusalCode.StoreUnavailable, $"The server of {at} cannot be used: {said}."),
        };
        return new TaskLockingException(new Refusal(code, sentence), fault);
    }

    private static SqlFaultKind KindOf(string state) => state switch
    {
        "40001" or "40P01" or "57P03" or "53300" or "25006" => SqlFaultKind.NotYet,
        "55P03" => SqlFaultKind.Busy,
        // Between the two transactions of a call the first one stands already.
        "57014" or "57P01" or "57P02" or "57P05" or "25P03" or "53100" or "53200" or "58030" => SqlFaultKind.Unknown,
        _ when state.StartsWith("08", StringComparison.Ordinal) => SqlFaultKind.Unknown,
        _ => SqlFaultKind.Refused,
    };

    // A sentence of the server has no password; that of the driver may quote how it connects, but for that.
    private static string Sentence(Exception fault)
    {
        var inner = fault is NpgsqlException and not PostgresException && fault.InnerException is { } cause ? cause : fault;
        var text = inner is PostgresException told ? $"{told.MessageText} ({told.SqlState})" : inner.Message;
        return text.Split('\n').First().TrimEnd('.', ' ', '\r');
    }
}
