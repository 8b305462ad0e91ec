using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using TaskLocking.Topics;

namespace TaskLocking.Proof;

/// <summary>Makes topics and writes down each that was answered: number, folder, start, end.</summary>
internal sealed class TopicWork : IStressWork
{
    private static readonly LockOptions Patience = new() { Timeout = TimeSpan.FromSeconds(60) };

    private readonly WorkerOrder _order;
    private readonly WorkerLine _line;
    private readonly TopicStore _topics;
    private readonly FileStream _log;

    public TopicWork(WorkerOrder order, WorkerLine line)
    {
        _order = order;
        _line = line;
        _topics = TopicStore.Open(order.Folder, order.TopicRoot, TopicWatches.Shared, repository: TopicRepository.None);
        _log = new FileStream(order.LogPath, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1);
    }

    public void Round(int number)
    {
        var start = Stopwatch.GetTimestamp();
        string answer;
        try
        {
            var topic = _topics.Create([$"{_order.Name} {number.ToString(CultureInfo.InvariantCulture)}"], options: Patience)[0];
            answer = topic.Number + "\t" + Path.GetFileName(topic.Path);
        }
        catch (TaskLockingException refused)
        {
            answer = "refused\t" + refused.Refusal.Code;
            _line.Refused++;
        }
        var text = string.Format(CultureInfo.InvariantCulture, "{0}\t{1}\t{2}\n", answer, start, Stopwatch.GetTimestamp());
        var bytes = Encoding.UTF8.GetBytes(text);
        _log.Write(bytes, 0, bytes.Length);
        _log.Flush();
        _line.Operations++;
    }

    public void Finish()
    {
    }

    public void Dispose() => _log.Dispose();
}
