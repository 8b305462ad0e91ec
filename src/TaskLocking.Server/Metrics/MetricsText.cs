using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace TaskLocking.Server;

/// <summary>The text format of Prometheus.</summary>
internal static class MetricsText
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(IReadOnlyList<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var name = MetricFamily.Prefix + family.Name;
            text.Append($"# HELP {name} {family.Help}\n# TYPE {name} {family.Type}\n");
            foreach (var sample in family.Samples)
            {
                text.Append(name).Append(sample.Suffix);
                if (sample.Label is not null)
                    text.Append('{').Append(sample.Label).Append("=\"").Append(sample.Word).Append("\"}");
                text.Append(' ').Append(sample.Value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
            }
        }
        return text.ToString();
    }
}
