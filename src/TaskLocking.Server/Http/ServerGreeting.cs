using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>Where the server is and how to get in, once, when it listens: for a person, or as JSON for a script.</summary>
internal static class ServerGreeting
{
    public static Task TellAsync(IReadOnlyList<string> urls, AccessToken? token, WorkspacePlace place, ServerArguments arguments)
    {
        // Who takes any port is a script that has to be told which.
        var isJson = arguments.Json || arguments.Port == "0" || urls.Count == 0;
        return Console.Out.WriteAsync(isJson ? Json(urls, token, place, arguments) : Text(urls, token, place, arguments));
    }

    private static string Text(IReadOnlyList<string> urls, AccessToken? token, WorkspacePlace place, ServerArguments arguments)
    {
        var text = new StringBuilder();
        text.Append($"{TerminalText.Line(place.Address ?? place.Folder)} at {string.Join(", ", urls)}"
            + $"{(arguments.AllowChanges ? "" : " (read only; --allow-changes lets callers change it)")}\n");
        text.Append(token is null ? $"Tokens: those of {TerminalText.Line(arguments.Tokens)} ('tasklock token list' has their names)\n"
            : token.IsFromFile ? $"Token: in {arguments.TokenFile}\n" : $"Token: {token.Text}\n");
        if (urls.Count > 0 && token is null)
            text.Append($"In a browser: {urls[0]}/, which asks for the token\n");
        else if (urls.Count > 0)
            text.Append($"In a browser: {urls[0]}/login?t={(token!.IsFromFile ? "TOKEN" : token.Text)}\n");
        return text.Append("Ctrl+C ends it.\n").ToString();
    }

    private static string Json(IReadOnlyList<string> urls, AccessToken? token, WorkspacePlace place, ServerArguments arguments) =>
        Encoding.UTF8.GetString(JsonText.Line(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("url", urls.Count > 0 ? urls[0] : null);
            JsonText.Write(writer, "urls", urls);
            writer.WriteString("token", token is { IsFromFile: false } ? token.Text : null);
            writer.WriteString("token_file", arguments.TokenFile);
            writer.WriteString("tokens", arguments.Tokens);
            writer.WriteString("workspace", place.Address ?? place.Folder);
            writer.WriteBoolean("read_only", !arguments.AllowChanges);
            writer.WriteNumber("pid", Environment.ProcessId);
            writer.WriteEndObject();
        }).Span);
}
