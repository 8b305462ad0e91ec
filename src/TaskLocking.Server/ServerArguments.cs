using System;
using System.Collections.Generic;
using System.IO;

namespace TaskLocking.Server;

/// <summary>
/// What the command asks for. It has read its own options already: here they come as words <c>--name value</c>, and what is none of these
/// is a fault.
/// </summary>
internal sealed class ServerArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary><c>mcp</c> or <c>serve</c>.</summary>
    public string Verb { get; private init; } = "";

    public bool ReadOnly => Has("read-only");

    public bool AllowChanges => Has("allow-changes");

    public bool Json => Has("json");

    public string? Urls => this["urls"];

    public string? Port => this["port"];

    /// <summary>Further names under which the server may be asked for, with their ports.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public IReadOnlyList<string> Hosts()
    {
        var hosts = (this["allow-host"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Find(hosts, host => !IsHost(host)) is not { } wrong ? hosts
            : throw Fault($"'{TerminalText.Line(wrong)}' is no name of a host. Give one as a browser sends it, with its port: "
                + "--allow-host board.example:8443");
    }

    public string? TokenFile => this["token-file"];

    /// <summary>The file of the named tokens.</summary>
    public string? Tokens => this["tokens"];

    private string? this[string name] => _values.TryGetValue(name, out var value) ? value : null;

    private bool Has(string name) => _values.ContainsKey(name);

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static ServerArguments Parse(string[] args)
    {
        var verb = args.Length > 0 ? args[0] : "";
        if (verb is not ("mcp" or "serve"))
            throw Fault("This program is started by 'tasklock serve' and 'tasklock mcp'.");
        var parsed = new ServerArguments { Verb = verb };
        for (var i = 1; i < args.Length; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            var isFlag = name is "read-only" or "allow-changes" or "json";
            var isValue = name is "workspace" or "urls" or "port" or "allow-host" or "token-file" or "tokens";
            if (!isFlag && (!isValue || i + 1 == args.Length))
                throw Fault($"'{args[i]}' is nothing that '{verb}' understands.");
            parsed._values[name] = isFlag ? "" : args[++i];
        }
        return parsed;
    }

    /// <summary>Whose calls these are where a call names nobody.</summary>
    public static string? DefaultAgent() =>
        Environment.GetEnvironmentVariable("TASKLOCKING_AGENT") is { Length: > 0 } agent ? agent : null;

    public WorkspacePlace Locate() => WorkspacePath.Locate(this["workspace"], Directory.GetCurrentDirectory);

    public string Project() => WorkspacePath.FindProject(this["workspace"], Directory.GetCurrentDirectory);

    private static bool IsHost(string host) => !host.EndsWith('/') && Uri.TryCreate("http://" + host, UriKind.Absolute, out var uri)
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" } && Uri.CheckHostName(uri.DnsSafeHost) != UriHostNameType.Unknown;

    public static TaskLockingException Fault(string sentence) => new(RefusalCode.InvalidArgument, sentence);
}
