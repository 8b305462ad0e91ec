using System.Globalization;

namespace TaskLocking.Proof;

/// <summary>Defines an id of its own, which nobody refuses, and one that all define, which one of them gets.</summary>
internal sealed class DefineWork(WorkerOrder order, RecordedBoard board) : IStressWork
{
    public void Round(int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        board.Define($"own-{order.Name}-{text}");
        board.Define("same-" + text);
    }

    public void Finish()
    {
    }

    public void Dispose() => board.Dispose();
}
