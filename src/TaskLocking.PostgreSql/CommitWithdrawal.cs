using System;
using System.Collections.Generic;
using System.Linq;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Board;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Makes a refusal the last word where a relay was lost that may have sent the same lines as decided on later ones: what it sent may still
/// be on its way, and hold where this was refused. So an empty line is written under the name of each refused one: either that comes first,
/// and what is on its way finds its name taken, or it learns that the line was written.
/// </summary>
/// <param name="request">What was sent.</param>
/// <param name="answer">What was answered.</param>
internal readonly struct CommitWithdrawal(CommitRequest request, CommitAnswer answer)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What is true for good; null where the answer is that already.</summary>
    /// <exception cref="NpgsqlException">Nobody knows; the request is to be sent again.</exception>
    public CommitAnswer? Run(NpgsqlConnection connection, string schema)
    {
        // Of another epoch, or on lines that are not there, nothing of it holds, whenever it comes.
        if (!answer.IsOk || answer.Versions.All(version => version is not null))
            return null;
        var refused = Refused();
        var text = $"{{\"t\":\"{Timestamp.Format(new DateTimeOffset(answer.At.ToUniversalTime()))}\",\"by\":\"tasklock\",\"op\":[]}}";
        List<CommitLine> empty = [.. refused.Select(line => new CommitLine(text, new CommitKeys([], []), []) { Cid = line.Cid })];
        for (var tries = 0; ; tries++)
        {
            var (version, cid) = BeforeNewest(connection, schema);
            var told = new CommitRequest(request.Board, request.Epoch, version, cid, empty, request.Sessions, 0)
                .Send(connection, schema, Patience, Patience);
            if (!told.IsOk)
                return null;
            if (told.Versions.All(version => version is not null))
                break;
            if (tries > 100)
                throw new TimeoutException("others commit too much");
        }
        var written = Written(connection, schema, refused);
        var versions = answer.Versions.ToArray();
        for (var at = 0; at < versions.Length; at++)
        {
            if (written.TryGetValue(request.Lines[at].Cid, out var line) && line.Text == request.Lines[at].Text)
                versions[at] = line.Version;
        }
        return answer with { Versions = versions };
    }

    private List<CommitLine> Refused()
    {
        var versions = answer.Versions;
        return [.. request.Lines.Where((_, at) => versions[at] is null)];
    }

    // The server looks for names that are taken where there is something newer than what is named.
    private (long Version, Guid? Cid) BeforeNewest(NpgsqlConnection connection, string schema)
    {
        using var command = new NpgsqlCommand(
            $"select j.version, j.cid from {schema}.journal j where j.board = $1 order by j.version desc limit 1 offset 1", connection);
        CommitRequest.Add(command, NpgsqlDbType.Integer, request.Board);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetFieldValue<Guid>(1)) : (0, null);
    }

    private Dictionary<Guid, JournalRow> Written(NpgsqlConnection connection, string schema, List<CommitLine> lines)
    {
        using var command = new NpgsqlCommand(
            $"select j.version, j.cid, j.line from {schema}.journal j where j.board = $1 and j.cid = any($2)", connection);
        CommitRequest.Add(command, NpgsqlDbType.Integer, request.Board);
        CommitRequest.Add(command, NpgsqlDbType.Array | NpgsqlDbType.Uuid, lines.Select(line => line.Cid).ToArray());
        using var reader = command.ExecuteReader();
        var written = new Dictionary<Guid, JournalRow>();
        while (reader.Read())
        {
            var row = new JournalRow(reader.GetInt64(0), reader.GetFieldValue<Guid>(1), reader.GetString(2));
            written.Add(row.Cid, row);
        }
        return written;
    }
}
