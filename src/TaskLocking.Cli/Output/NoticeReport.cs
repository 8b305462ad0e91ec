using System.Collections.Generic;

namespace TaskLocking.Cli.Output;

/// <summary>
/// What the store tells beside the answer, on standard error: a line each, for a person or as an object. Changes no exit code.
/// </summary>
internal static class NoticeReport
{
    public static void Tell(IReadOnlyList<StoreNotice> notices, bool json)
    {
        foreach (var notice in notices)
        {
            if (json)
                Warn(notice.Kind.ToString(), notice.Message, notice.Path);
            else
                StandardError.Line("warning: " + notice.Message);
        }
    }

    /// <summary>Something else of that kind, as an object.</summary>
    public static void Warn(string code, string message, string? path = null) => StandardError.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("warning");
        writer.WriteString("code", code);
        writer.WriteString("message", message);
        writer.WriteString("path", path);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
