using System.Collections.Generic;

namespace TaskLocking.Cli.Processes;

/// <summary>What a worker starts for a task.</summary>
/// <param name="Words">The command and its arguments.</param>
/// <param name="Bytes">The same as they were given; null where that is not known.</param>
/// <param name="Variables">What is in its environment beside that of this process.</param>
/// <param name="Input">Its standard input; null for none.</param>
internal sealed record WorkProcessStart(
    string[] Words, byte[][]? Bytes, IReadOnlyDictionary<string, string> Variables, byte[]? Input);
