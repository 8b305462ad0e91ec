using System;
using System.Collections;
using System.Collections.Generic;
using System.Text;
using TaskLocking.Cli.Input;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// The variables of this process as it was started with them, in bytes: a command that is started gets them as they are, with some of ours.
/// </summary>
internal sealed class CommandEnvironment
{
    private readonly List<byte[]> _variables;

    public CommandEnvironment() => _variables = RawText.Variables() ?? Decoded();

    /// <summary>Each as <c>NAME=value</c>.</summary>
    public IReadOnlyList<byte[]> Variables => _variables;

    /// <summary>Null if it is not set.</summary>
    public byte[]? this[string name] =>
        _variables.Find(variable => IsNamed(variable, name)) is { } found ? found[(Encoding.UTF8.GetByteCount(name) + 1)..] : null;

    public void Set(string name, string value)
    {
        _variables.RemoveAll(variable => IsNamed(variable, name));
        _variables.Add(Encoding.UTF8.GetBytes($"{name}={value}"));
    }

    private static bool IsNamed(byte[] variable, string name) => variable.AsSpan().StartsWith(Encoding.UTF8.GetBytes(name + "="));

    private static List<byte[]> Decoded()
    {
        var variables = new List<byte[]>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables.Add(Encoding.UTF8.GetBytes($"{variable.Key}={variable.Value}"));
        return variables;
    }
}
