using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace TaskLocking.Model;

/// <summary>
/// A growing run of bytes; <c>ArrayBufferWriter</c>, which .NET Standard 2.0 lacks, with a way to write spans and to begin anew.
/// </summary>
/// <param name="bytes">The memory to begin in.</param>
internal sealed class ByteBuffer(byte[] bytes) : IBufferWriter<byte>
{
    private byte[] _bytes = bytes;

    public ByteBuffer(int capacity = 512)
        : this(new byte[Math.Max(capacity, 16)])
    {
    }

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    /// <summary>The same where a span cannot be passed on; good until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public void Write(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, 0, text.Length, _bytes, Length);
    }

    public void Write(long number)
    {
        var start = Length;
        if (number < 0)
        {
            Write(number.ToString(CultureInfo.InvariantCulture));
            return;
        }
        do
        {
            GetSpan(1)[0] = (byte)('0' + number % 10);
            Length++;
        }
        while ((number /= 10) > 0);
        _bytes.AsSpan(start, Length - start).Reverse();
    }

    /// <summary>Writes a text as a JSON string; null as null.</summary>
    public void WriteQuoted(string? text)
    {
        if (text is null)
        {
            Write("null"u8);
            return;
        }
        var span = GetSpan(text.Length + 2);
        span[0] = (byte)'"';
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character is < ' ' or > '~' or '"' or '\\')
            {
                Write("\""u8);
                Write(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text));
                Write("\""u8);
                return;
            }
            span[i + 1] = (byte)character;
        }
        span[text.Length + 1] = (byte)'"';
        Length += text.Length + 2;
    }

    /// <summary>Writes texts as a JSON list.</summary>
    public void WriteQuoted(IReadOnlyList<string> texts)
    {
        Write("["u8);
        for (var i = 0; i < texts.Count; i++)
        {
            if (i > 0)
                Write(","u8);
            WriteQuoted(texts[i]);
        }
        Write("]"u8);
    }

    /// <summary>Writes a time as a JSON string.</summary>
    public void WriteTime(DateTimeOffset time)
    {
        Write("\""u8);
        Timestamp.Write(this, time);
        Write("\""u8);
    }

    public void Overwrite(int at, ReadOnlySpan<byte> bytes) => bytes.CopyTo(_bytes.AsSpan(at, bytes.Length));

    /// <summary>Begins anew in the same memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Goes back to a length that it had.</summary>
    public void CutTo(int length) => Length = length;

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
