using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// A list of byte strings as C has it: pointers to bytes that end in 0, the last pointer null. Dispose it when C is done with it.
/// </summary>
internal sealed unsafe class NativeWords : IDisposable
{
    private readonly int _count;

    public NativeWords(IReadOnlyList<byte[]> words)
    {
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)words.Count + 1, (nuint)sizeof(byte*));
        for (; _count < words.Count; _count++)
        {
            var word = words[_count];
            Pointers[_count] = (byte*)NativeMemory.Alloc((nuint)word.Length + 1);
            word.CopyTo(new Span<byte>(Pointers[_count], word.Length));
            Pointers[_count][word.Length] = 0;
        }
    }

    public byte** Pointers { get; }

    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
            NativeMemory.Free(Pointers[i]);
        NativeMemory.Free(Pointers);
    }
}
