using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>Assigns, takes back and reads the few tasks that all fight for, one by one and in batches that overlap.</summary>
internal sealed class HotTasks(WorkerOrder order, RecordedBoard board, Random random)
{
    private const int LargestBatch = 5;
    private const int MostKept = 3;

    // Several processes work for one agent, as after a restart: what one has the other may give back.
    private readonly string _agent = "owner-" + (order.Place % 5).ToString(CultureInfo.InvariantCulture);
    private readonly List<string[]> _mine = [];

    public static string IdOf(int number) => "hot-" + number.ToString(CultureInfo.InvariantCulture);

    public void Round()
    {
        var size = random.Next(3) > 0 ? 1 : random.Next(2, Math.Min(LargestBatch, order.Tasks) + 1);
        var ids = Enumerable.Range(0, order.Tasks).OrderBy(_ => random.Next()).Take(size).Select(IdOf).ToArray();
        if (board.Assign(ids, _agent) == OperationAnswer.Done)
            _mine.Add(ids);
        if (random.Next(2) == 0)
            board.Read(ids[0]);
        // Now and then what somebody else has.
        if (random.Next(8) == 0)
            board.Unassign([IdOf(random.Next(order.Tasks))], _agent);
        while (_mine.Count > random.Next(MostKept))
        {
            board.Unassign(_mine[0], _agent);
            _mine.RemoveAt(0);
        }
    }
}
