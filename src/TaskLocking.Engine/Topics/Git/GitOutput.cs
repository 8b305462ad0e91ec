using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace TaskLocking.Topics;

/// <summary>What comes out of one stream of git, as far as it has come: UTF-8, with what is none replaced.</summary>
internal sealed class GitOutput
{
    private readonly MemoryStream _bytes = new();

    // A thread of its own: a pool that is busy would have git wait with a full pipe.
    public GitOutput(Stream stream) =>
        Task = Task.Factory.StartNew(() => Read(stream), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Ends with the stream.</summary>
    public Task Task { get; }

    /// <summary>The text so far.</summary>
    public string Text
    {
        get
        {
            lock (_bytes)
                return Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length);
        }
    }

    private void Read(Stream stream)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (stream.Read(buffer, 0, buffer.Length) is var count and > 0)
            {
                lock (_bytes)
                    _bytes.Write(buffer, 0, count);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            Debug.WriteLine(exception); // it was ended
        }
    }
}
