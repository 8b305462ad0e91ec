using System;
using System.Buffers;

namespace TaskLocking.Storage;

/// <summary>A growing run of bytes; <c>ArrayBufferWriter</c>, which .NET Standard 2.0 lacks, with a way to write spans and to begin anew.</summary>
internal sealed class ByteBuffer(int capacity = 512) : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[Math.Max(capacity, 16)];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public void Write(string text)
    {
        foreach (var character in text)
        {
            if (character < 0x80)
                continue;
            Write(System.Text.Encoding.UTF8.GetBytes(text));
            return;
        }
        var span = GetSpan(text.Length);
        for (var i = 0; i < text.Length; i++)
            span[i] = (byte)text[i];
        Length += text.Length;
    }

    public void Write(long number) => Write(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public void Overwrite(int at, ReadOnlySpan<byte> bytes) => bytes.CopyTo(_bytes.AsSpan(at, bytes.Length));

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private void Reserve(int count)
    {
        count = Math.Max(count, 1);
        if (_bytes.Length - Length < count)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
    }
}
