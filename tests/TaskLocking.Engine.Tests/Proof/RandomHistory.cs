using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Proof;

namespace TaskLocking.Tests.Proof;

/// <summary>
/// A history that is right: random requests are answered one after the other by the model, each at its point in time; then each
/// operation's start is put some way before its point and its end some way after, so that they overlap. Workers may be killed, within a
/// call and between. At the barrier, if there is one, nothing is under way: there a fault can be planted that nothing excuses.
/// </summary>
internal sealed class RandomHistory
{
    public const long Step = 1000;

    private readonly Random _random;
    private readonly TaskModel _model;
    private readonly Dictionary<string, TaskState> _states;
    private readonly Dictionary<string, List<TaskHistoryEntry>> _entries;
    private readonly int[] _generations = new int[4];
    private readonly Dictionary<string, int> _numbers = [];
    private readonly bool _kills;
    private readonly int? _barrier;
    private readonly int _width;
    private long _version;

    public RandomHistory(int seed, bool kills = true, int steps = 90, int? barrier = null, int width = 5, params string[] tasks)
    {
        _random = new Random(seed);
        _model = new TaskModel(Deaths);
        (_kills, _barrier, _width) = (kills, barrier, width);
        Tasks = tasks.Length > 0 ? tasks : ["A1", "A2", "C1", "C2"];
        _states = Tasks.ToDictionary(id => id, _ => TaskState.Absent);
        _entries = Tasks.ToDictionary(id => id, _ => new List<TaskHistoryEntry>());
        for (var step = 0; step < steps; step++)
        {
            if (step == barrier)
                AtBarrier = new Dictionary<string, TaskState>(_states);
            One(step);
        }
    }

    public string[] Tasks { get; }

    public List<Operation> Operations { get; } = [];

    public Dictionary<string, long> Deaths { get; } = [];

    public Dictionary<string, TaskState> AtBarrier { get; private set; } = [];

    public long BarrierTime => (_barrier!.Value * Step) + (Step / 2);

    public Dictionary<string, FinalTask> Final() => Tasks.Where(id => _states[id].Exists)
        .ToDictionary(id => id,
            id => new FinalTask(id, _states[id].Status, _states[id].Owner, _states[id].Token!.Value, [.. _entries[id]]));

    public IEnumerable<Operation> FinalReads() =>
        Final().Values.Select((task, at) => task.AsRead(at + 1, Operations.Max(operation => Math.Max(operation.Start, operation.End ?? 0))
            + Step));

    private void One(int step)
    {
        var point = (step + 1) * Step;
        var (start, end) = (point - _random.Next(1, (int)(_width * Step) + 2), point + _random.Next(1, (int)(_width * Step) + 2));
        if (_barrier is { } barrier)
            (start, end) = step < barrier ? (start, Math.Min(end, BarrierTime)) : (Math.Max(start, BarrierTime + 100), end);
        var ids = new List<string> { Tasks[_random.Next(Tasks.Length)] };
        var kind = ids[0][0] == 'A'
            ? Any(OperationKind.Define, OperationKind.Assign, OperationKind.Assign, OperationKind.Unassign, OperationKind.Read)
            : Any(OperationKind.Define, OperationKind.Claim, OperationKind.Claim, OperationKind.Start, OperationKind.Complete,
                OperationKind.GiveBack, OperationKind.Read);
        // Who has a task asks for it more often than others, or little would ever be done.
        var slot = _states[ids[0]].Owner is { } owner && _random.Next(3) > 0 ? owner[0] - 'a' : _random.Next(4);
        var worker = $"w{slot}.{_generations[slot]}";
        var number = _numbers[worker] = _numbers.GetValueOrDefault(worker) + 1;
        var agent = "abcd"[slot].ToString();
        if (kind == OperationKind.Assign && _random.Next(3) == 0)
            ids.AddRange(Tasks.Where(id => id[0] == 'A' && id != ids[0]));
        foreach (var id in ids.Where(_ => _random.Next(2) == 0))
            Change(id, TaskModel.Heal(_states[id], point), "healer#1", point);
        var asked = ids.Select(id => new Operation(worker, number, kind, id, start, end, OperationAnswer.Done)
        {
            Agent = agent,
            Token = Token(kind, id)
        }).ToList();
        if (_kills && _random.Next(8) == 0)
        {
            Kill(slot, worker, point, asked);
            return;
        }
        var answered = asked.Select(operation => Answer(operation, operation.TaskId)).ToList();
        if (answered.Any(operation => operation.Answer == OperationAnswer.Refused))
            answered = answered.Select(operation => operation.Answer == OperationAnswer.Done
                ? operation with { Answer = OperationAnswer.Refused, Refusal = answered.Count > 1 ? RefusalCode.BatchRefused : null }
                    : operation).ToList();
        foreach (var operation in answered)
        {
            Change(operation.TaskId, _model.Step(_states[operation.TaskId], operation), operation.Mark, point);
            Operations.Add(operation);
        }
    }

    // In the middle of a call, which took effect or not; or between two.
    private void Kill(int slot, string worker, long point, List<Operation> asked)
    {
        var takesEffect = asked[0].Kind != OperationKind.Read && _random.Next(2) == 0
            && asked.All(operation => _model.Step(_states[operation.TaskId], operation) is not null);
        foreach (var operation in asked)
        {
            if (takesEffect)
                Change(operation.TaskId, _model.Step(_states[operation.TaskId], operation), operation.Mark, point);
            var isClaim = operation.Kind == OperationKind.Claim;
            Operations.Add(operation with
            {
                End = null,
                Answer = OperationAnswer.None,
                Token = isClaim ? 0 : operation.Token,
                TaskId = isClaim && _random.Next(2) == 0 ? "" : operation.TaskId
            });
        }
        _generations[slot]++;
        Deaths[worker] = point;
        foreach (var id in Tasks.Where(id => _states[id].Holder == worker))
            _states[id] = _states[id] with { Until = point };
    }

    private Operation Answer(Operation asked, string id)
    {
        var state = _states[id];
        if (_random.Next(20) == 0)
            return asked with
            {
                Answer = OperationAnswer.Refused,
                Refusal = RefusalCode.LockTimeout,
                Token = asked.Kind is OperationKind.Claim or OperationKind.Read ? 0 : asked.Token
            };
        Operation Refused(RefusalCode code) =>
            asked with { Answer = OperationAnswer.Refused, Refusal = code, Owner = _random.Next(4) == 0 ? null : state.Owner };
        Operation[] candidates =
        [
            asked.Kind == OperationKind.Read ? asked with { Owner = state.Owner, Status = state.Status, Token = state.Token!.Value }
                : asked,
            asked with { Answer = OperationAnswer.Unchanged },
            .. Codes(asked.Kind).Select(Refused),
        ];
        return candidates.FirstOrDefault(candidate => TaskModel.Tells(candidate) && _model.Step(state, candidate) is not null)
            ?? asked with { Answer = OperationAnswer.Refused, Refusal = RefusalCode.TaskNotReady };
    }

    private static RefusalCode[] Codes(OperationKind kind) => kind switch
    {
        OperationKind.Define => [RefusalCode.TaskAlreadyDefined],
        OperationKind.Assign => [RefusalCode.TaskAlreadyAssigned, RefusalCode.TaskNotFound],
        OperationKind.Unassign or OperationKind.GiveBack => [RefusalCode.TaskNotFound, RefusalCode.NotOwner],
        OperationKind.Start or OperationKind.Complete =>
            [RefusalCode.TaskNotFound, RefusalCode.LeaseLost, RefusalCode.StatusConflict, RefusalCode.NotOwner],
        _ => [],
    };

    private long Token(OperationKind kind, string id) => kind switch
    {
        OperationKind.Claim => ++_version,
        OperationKind.Start or OperationKind.Complete or OperationKind.GiveBack =>
            Any(_states[id].Token!.Value, _states[id].Token!.Value, _states[id].LastToken, _random.Next(1, 5)),
        _ => 0,
    };

    private T Any<T>(params T[] values) => values[_random.Next(values.Length)];

    private void Change(string id, TaskState? next, string by, long point)
    {
        var before = _states[id];
        if (next is null)
            return;
        _states[id] = next;
        void Log(string field, string? oldValue, string? newValue)
        {
            if (oldValue != newValue)
                _entries[id].Add(new TaskHistoryEntry(id, field, oldValue, newValue, DateTimeOffset.UnixEpoch.AddMilliseconds(point), by));
        }
        Log("status", before.Exists ? TodoWords.Of(before.Status) : null, next.Exists ? TodoWords.Of(next.Status) : null);
        Log("assignee", before.Owner is null ? null : "agent:" + before.Owner, next.Owner is null ? null : "agent:" + next.Owner);
        Log("claim", before.Holder is null ? null : $"{before.Owner} #{before.Token}", next.Holder is null ? null
            : $"{next.Owner} #{next.Token}");
    }
}
