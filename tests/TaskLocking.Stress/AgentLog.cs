using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace TaskLocking.Stress;

/// <summary>
/// What an agent was told, in its own file <c>agents/NAME.log</c> of the workspace: a line is in the file when the call returns, so it
/// outlives a kill.
/// </summary>
internal sealed class AgentLog : IDisposable
{
    private readonly FileStream _file;

    public AgentLog(string workspace, string agent) =>
        _file = new FileStream(Path.Combine(workspace, "agents", agent + ".log"), FileMode.Append, FileAccess.Write, FileShare.Read,
            bufferSize: 0);

    public void Line(string what, string id, long? token, string detail = "") =>
        _file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}\t{id}\t{token}\t{detail}\n")));

    public void Dispose() => _file.Dispose();
}
