using System;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// Writes what a rule decided as the operations of a journal's line, in the order of the changes; what reads them back is
/// <see cref="BoardState.Apply"/>. Over the state before, that gives the tasks and records of which the rule was told: a test sees to it
/// for every rule.
/// </summary>
internal static class ChangeSetCodec
{
    /// <summary>Adds the operations, with commas between them; tells where each of them stands.</summary>
    public static EncodedChange[] Write(ByteBuffer target, ChangeSet set)
    {
        var encoded = new EncodedChange[set.Changes.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            if (i > 0)
                target.Write(","u8);
            encoded[i] = Write(target, set.Changes[i], set.Commit);
        }
        return encoded;
    }

    private static EncodedChange Write(ByteBuffer target, StateChange change, ComingCommit commit)
    {
        var start = target.Length;
        switch (change)
        {
            case TaskPatch patch:
                var history = PatchWriter.Write(target, patch, commit);
                return new EncodedChange(start, target.Length, history);
            case TaskAdded added:
                WriteId(target, added.Id);
                target.Write(",\"new\":"u8);
                start = target.Length;
                TodoWriter.Write(target, added, commit);
                var end = target.Length;
                target.Write(added is TaskTakenOver { IsRestored: true } ? ",\"restored\":true}"u8 : "}"u8);
                return new EncodedChange(start, end);
            case HistoryMoved moved:
                WriteId(target, moved.Before.Id);
                target.Write(",\"moved\":"u8);
                target.Write(moved.Count);
                target.Write(",\"history\":"u8);
                target.Write(moved.Moved.Span);
                target.Write("}"u8);
                break;
            case TaskRemoved removed:
                WriteId(target, removed.Before.Id);
                target.Write(removed.IsArchived ? ",\"gone\":true,\"archived\":true}"u8 : ",\"gone\":true}"u8);
                break;
            case AgentChange agent:
                WriteRecord(target, StateRecords.AgentKind, agent.Key, agent.After is null ? "null" : RecordJson.Write(agent.After));
                break;
            case LeaseChange lease:
                WriteRecord(target, StateRecords.FileKind, lease.Key, lease.After is null ? "null" : RecordJson.Write(lease.After));
                break;
            case RequestChange request:
                WriteRecord(target, StateRecords.RequestKind, request.Key,
                    request.After is null ? "null" : ServedRequestJson.Write(request.After));
                break;
            case SwarmChange swarm:
                WriteRecord(target, StateRecords.SwarmKind, swarm.Key, swarm.After is null ? "null" : RecordJson.Write(swarm.After));
                break;
            case ArchiveChange archive:
                WriteRecord(target, StateRecords.ArchiveKind, archive.Key,
                    archive.After is null ? "null" : ArchiveSegmentJson.Write(archive.After));
                break;
            case RunChange run:
                WriteRecord(target, StateRecords.RunKind, "", RunRecordJson.Write(run.After));
                break;
            default:
                throw new InvalidOperationException($"A {change.GetType().Name} cannot be written.");
        }
        return new EncodedChange(start, target.Length);
    }

    private static void WriteId(ByteBuffer target, string id)
    {
        target.Write("{\"id\":"u8);
        target.WriteQuoted(id);
    }

    private static void WriteRecord(ByteBuffer target, string kind, string key, string json)
    {
        target.Write("{\"record\":"u8);
        target.WriteQuoted(kind);
        target.Write(",\"key\":"u8);
        target.WriteQuoted(key);
        target.Write(",\"value\":"u8);
        target.Write(json);
        target.Write("}"u8);
    }
}
