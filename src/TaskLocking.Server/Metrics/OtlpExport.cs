using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TaskLocking.Server;

/// <summary>
/// Sends the numbers of the board, and a span for each call of a tool, to a collector, where the usual variables of OpenTelemetry name one
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, and its others). Without it nothing of it is loaded.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Meter _meter = new(ToolSpans.Source, ServerVersion.Text);
    private readonly Func<IReadOnlyList<MetricFamily>> _read;
    private readonly MeterProvider _metrics;
    private readonly TracerProvider _spans;
    private IReadOnlyList<MetricFamily> _last = [];
    private long _at;

    private OtlpExport(Func<IReadOnlyList<MetricFamily>> read)
    {
        _read = read;
        foreach (var family in Families())
            Observe(family);
        var resource = ResourceBuilder.CreateDefault().AddService("tasklock", serviceVersion: ServerVersion.Text)
            .AddEnvironmentVariableDetector();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(ToolSpans.Source).AddOtlpExporter().Build();
        _spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(ToolSpans.Source).AddOtlpExporter().Build();
    }

    /// <summary>Begins where a collector is named; else null.</summary>
    public static IDisposable? Start(Func<IReadOnlyList<MetricFamily>> read) =>
        Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } ? Load(read) : null;

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _metrics.Dispose();
        _spans.Dispose();
        _meter.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpExport Load(Func<IReadOnlyList<MetricFamily>> read) => new(read);

    // Under the names that a scraper sees, so that a dashboard is right for both. A collector asks for each alone: they are read together.
    private void Observe(MetricFamily family)
    {
        foreach (var suffix in family.Samples.Select(sample => sample.Suffix).DefaultIfEmpty("")
            .Distinct(StringComparer.Ordinal).ToList())
        {
            var name = MetricFamily.Prefix + family.Name + suffix;
            IEnumerable<Measurement<double>> Values() => Families().Where(each => each.Name == family.Name)
                .SelectMany(each => each.Samples).Where(sample => sample.Suffix == suffix).Select(Measured);
            if (family.Type == "counter" || suffix.Length > 0)
                _meter.CreateObservableCounter(name, Values, description: family.Help);
            else
                _meter.CreateObservableGauge(name, Values, description: family.Help);
        }
    }

    private static Measurement<double> Measured(MetricSample sample) => sample.Label is null ? new Measurement<double>(sample.Value)
        : new Measurement<double>(sample.Value, new KeyValuePair<string, object?>(sample.Label, sample.Word));

    private IReadOnlyList<MetricFamily> Families()
    {
        if (_last.Count == 0 || TimeProvider.System.GetElapsedTime(_at) > Fresh)
            (_last, _at) = (_read(), TimeProvider.System.GetTimestamp());
        return _last;
    }
}
