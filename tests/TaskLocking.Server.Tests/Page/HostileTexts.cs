using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Tests.Server;

/// <summary>Two hundred texts that would be script, markup or style somewhere; whatever runs of them sets <c>hostile</c>.</summary>
internal static class HostileTexts
{
    private static readonly string[] Seeds =
    [
        "<script>hostile=1</script>", "<img src=x onerror=hostile=1>", "<svg onload=hostile=1>", "\"><script>hostile=1</script>",
        "'><img src=x onerror=hostile=1>", "javascript:hostile=1", "</ul><script>hostile=1</script>",
        "<iframe srcdoc='<script>parent.hostile=1'>", "<a href=javascript:hostile=1>x</a>", "<style>*{display:none}</style>",
        "${hostile=1}", "{{constructor.constructor('hostile=1')()}}", "<!--<script>hostile=1//-->", "<base href=//evil.example>",
        "<math><mtext></p><img src=x onerror=hostile=1>", "\" onmouseover=hostile=1 x=\"", "<body onload=hostile=1>",
        "data:text/html,<script>hostile=1</script>", "__proto__", "constructor", "<template><script>hostile=1</script>",
        "&lt;script&gt;hostile=1&lt;/script&gt;", "%3Cscript%3Ehostile=1%3C/script%3E", "</title><script>hostile=1</script>", "unseen",
    ];

    private static readonly Func<string, string>[] Ways =
    [
        text => text, text => text.ToUpperInvariant().Replace("HOSTILE", "hostile", StringComparison.Ordinal), text => "x " + text,
        text => text + " y", text => text.Replace('<', '\uFF1C'), text => "\u202E" + text, text => text + "\u2028" + text,
        text => new string('"', 3) + text + "\\",
    ];

    public static IReadOnlyList<string> All { get; } = [.. Ways.SelectMany(way => Seeds.Select(way))];
}
