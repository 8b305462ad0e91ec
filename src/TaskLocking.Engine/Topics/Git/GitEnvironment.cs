using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Topics;

/// <summary>
/// The variables of a git that we start. What a hook or a shell has set to point it elsewhere (GIT_DIR, GIT_INDEX_FILE, settings of an
/// outer call) goes; how a person reaches a server stays. Its words are English, and nothing asks anybody anything.
/// </summary>
internal static class GitEnvironment
{
    private const string Ssh = "GIT_SSH_COMMAND";

    // By these a person says how a server is reached and where his settings are.
    private static readonly string[] Kept =
    [
        "GIT_SSH", Ssh, "GIT_SSH_VARIANT", "GIT_PROXY_COMMAND", "GIT_PROXY_SSL_CERT", "GIT_PROXY_SSL_KEY", "GIT_EXEC_PATH",
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
    ];

    private static readonly string[] KeptBeginnings = ["GIT_SSL_", "GIT_HTTP_", "GIT_CURL_"];

    /// <summary>Sets them.</summary>
    /// <param name="variables">What the process would inherit.</param>
    /// <param name="connects">Whether it may speak with a server; else not even an object that a partial clone lacks is fetched.</param>
    /// <param name="sshCommand"><c>core.sshCommand</c>, if that is set.</param>
    public static void Clean(IDictionary<string, string?> variables, bool connects, string? sshCommand)
    {
        foreach (var name in variables.Keys.Where(IsForeign).ToList())
            variables.Remove(name);
        variables["LC_ALL"] = "C";
        variables["LANGUAGE"] = "C";
        variables["GIT_TERMINAL_PROMPT"] = "0";
        variables["GIT_ASKPASS"] = "";
        variables.Remove("SSH_ASKPASS");
        variables["SSH_ASKPASS_REQUIRE"] = "never";
        variables["GCM_INTERACTIVE"] = "never";
        variables["GIT_NO_REPLACE_OBJECTS"] = "1";
        variables["GIT_OPTIONAL_LOCKS"] = "0";
        if (connects)
        {
            variables[Ssh] = WithoutQuestions(Value(variables, Ssh) ?? sshCommand ?? Quoted(Value(variables, "GIT_SSH")) ?? "ssh");
            return;
        }
        variables["GIT_NO_LAZY_FETCH"] = "1";
        // A git before 2.45 does not know the former.
        variables["GIT_ALLOW_PROTOCOL"] = "none";
    }

    private static bool IsForeign(string name) => name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase)
        && !Kept.Contains(name, StringComparer.OrdinalIgnoreCase)
        && !Array.Exists(KeptBeginnings, start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static string? Value(IDictionary<string, string?> variables, string name) =>
        variables.TryGetValue(name, out var value) && !string.IsNullOrEmpty(value) ? value : null;

    private static string? Quoted(string? program) => program is null ? null : "'" + program.Replace("'", "'\\''") + "'";

    private static string WithoutQuestions(string command) =>
        command.Contains("plink") || command.Contains("Plink") ? command + " -batch"
            : command + " -o BatchMode=yes -o ConnectTimeout=10";
}
