using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace TaskLocking.PostgreSql;

/// <summary>One end of a way between a relay and a caller: messages of a length and so many bytes.</summary>
internal sealed class RelayLink : IDisposable
{
    private const int MostBytes = 1 << 30;

    private readonly Stream _stream;
    private readonly Socket? _socket;

    public RelayLink(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public RelayLink(Stream stream) => _stream = stream;

    /// <summary>Whether a fault says that the other end is not there any more, or does not speak as it should.</summary>
    public static bool IsEnd(Exception fault) => fault is IOException or SocketException or ObjectDisposedException
        or OperationCanceledException or InvalidDataException or TimeoutException or InvalidOperationException;

    /// <summary>Whether the other end has said goodbye; what it has sent unasked is no answer, either.</summary>
    public bool IsOver => _socket is not null && (!_socket.Connected || _socket.Poll(0, SelectMode.SelectRead));

    /// <summary>Sends a message. Where that fails, the other end has not got the whole of it.</summary>
    public void Send(Action<BinaryWriter> write)
    {
        using var message = new MemoryStream();
        using var writer = new BinaryWriter(message);
        writer.Write(0);
        write(writer);
        writer.Flush();
        var length = (int)message.Length;
        message.Position = 0;
        writer.Write(length - sizeof(int));
        _stream.Write(message.GetBuffer(), 0, length);
    }

    /// <summary>The next message.</summary>
    /// <param name="patience">The longest wait.</param>
    /// <exception cref="IOException">The other end has gone, or does not answer.</exception>
    public BinaryReader Receive(TimeSpan patience)
    {
        var length = BitConverter.ToInt32(Read(sizeof(int), patience));
        if (length is < 0 or > MostBytes)
            throw new InvalidDataException("no message of a relay");
        return new BinaryReader(new MemoryStream(Read(length, patience)));
    }

    public void Dispose() => _stream.Dispose();

    private byte[] Read(int length, TimeSpan patience)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length;)
        {
            var got = ReadSome(bytes.AsMemory(at), patience);
            if (got == 0)
                throw new EndOfStreamException();
            at += got;
        }
        return bytes;
    }

    private int ReadSome(Memory<byte> bytes, TimeSpan patience)
    {
        var isEndless = patience == Timeout.InfiniteTimeSpan;
        if (_socket is not null)
        {
            _socket.ReceiveTimeout = isEndless ? 0 : Math.Max(1, (int)patience.TotalMilliseconds);
            return _socket.Receive(bytes.Span);
        }
        using var end = isEndless ? new CancellationTokenSource() : new CancellationTokenSource(patience);
        return _stream.ReadAsync(bytes, end.Token).AsTask().GetAwaiter().GetResult();
    }
}
