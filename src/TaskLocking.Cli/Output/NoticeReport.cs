using System.Collections.Generic;
using TaskLocking.Diagnostics;

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
                Write(notice);
            else
                StandardError.Line("warning: " + notice.Message);
        }
    }

    private static void Write(StoreNotice notice) => StandardError.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("warning");
        writer.WriteString("code", notice.Kind.ToString());
        writer.WriteString("message", notice.Message);
        writer.WriteString("path", notice.Path);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
