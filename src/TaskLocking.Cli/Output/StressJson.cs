using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>What came of the stress protocol, for a pipeline: one document.</summary>
internal static class StressJson
{
    private static readonly (string Name, ViolationKind Kind)[] Kinds =
    [
        ("collisions", ViolationKind.Collision),
        ("lost", ViolationKind.Lost),
        ("doubled", ViolationKind.Doubled),
        ("torn", ViolationKind.Torn),
        ("not_linearizable", ViolationKind.NotLinearizable),
        ("refused_but_done", ViolationKind.RefusedButDone),
        ("token_not_growing", ViolationKind.TokenNotGrowing),
        ("unexpected", ViolationKind.Unexpected),
    ];

    public static void Write(StressReport report) => StandardOutput.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("passed", report.Passed);
        writer.WriteNumber("reliability_percent", report.Reliability.Percent);
        writer.WriteString("reliability_definition", ReliabilityScore.Definition);
        writer.WriteNumber("operations", report.Operations);
        writer.WriteNumber("success_rate", Share(report.Phases.Sum(phase => phase.Answered), report.Operations));
        foreach (var (name, kind) in Kinds)
            writer.WriteNumber(name, report.Phases.Sum(phase => phase.Count(kind)));
        writer.WriteNumber("kills", report.Phases.Sum(phase => phase.Kills));
        writer.WriteNumber("recoveries", report.Phases.Sum(phase => phase.Recoveries));
        writer.WriteString("workspace", report.Workspace);
        writer.WriteString("mount", report.Mount);
        writer.WriteString("file_system", report.FileSystem);
        writer.WriteNumber("seed", report.Seed);
        writer.WriteNumber("rounds", report.Rounds);
        writer.WriteNumber("elapsed_s", Rounded(report.Elapsed.TotalSeconds));
        writer.WriteBoolean("complete", report.IsComplete);
        writer.WriteString("scratch", report.Scratch);
        writer.WriteString("scratch_address", report.ScratchAddress);
        JsonText.Write(writer, "phases", report.Phases, Write);
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, StressPhaseReport phase)
    {
        writer.WriteStartObject();
        writer.WriteString("phase", StressText.Word(phase.Phase));
        writer.WriteBoolean("ended", phase.Ended);
        writer.WriteNumber("processes", phase.Processes);
        writer.WriteNumber("operations", phase.Operations);
        writer.WriteNumber("answered", phase.Answered);
        writer.WriteNumber("success_rate", Rounded(phase.SuccessRate));
        writer.WriteStartObject("refused");
        foreach (var refused in phase.Refused)
            writer.WriteNumber(refused.Code.ToString(), refused.Count);
        writer.WriteEndObject();
        writer.WriteNumber("conflict_rate", Rounded(phase.ConflictRate));
        writer.WriteNumber("operations_per_s", Rounded(phase.Rate));
        writer.WriteNumber("kills", phase.Kills);
        writer.WriteStartObject("faults");
        foreach (var fault in phase.Faults)
            writer.WriteNumber(fault.Name, fault.Count);
        writer.WriteEndObject();
        writer.WriteNumber("recoveries", phase.Recoveries);
        Write(writer, phase.Latency);
        foreach (var (name, kind) in Kinds)
            writer.WriteNumber(name, phase.Count(kind));
        writer.WriteNumber("worked_s", Rounded(phase.Worked.TotalSeconds));
        writer.WriteNumber("elapsed_s", Rounded(phase.Elapsed.TotalSeconds));
        JsonText.Write(writer, "notes", phase.Notes);
        JsonText.Write(writer, "violations", phase.Violations, Write);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, DurationMetric latency)
    {
        writer.WriteStartObject("latency");
        writer.WriteNumber("p50_ms", Rounded(latency.P50.TotalMilliseconds));
        writer.WriteNumber("p95_ms", Rounded(latency.P95.TotalMilliseconds));
        writer.WriteNumber("p99_ms", Rounded(latency.P99.TotalMilliseconds));
        writer.WriteNumber("longest_ms", Rounded(latency.Longest.TotalMilliseconds));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Violation violation)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", violation.Kind.ToString());
        writer.WriteString("subject", violation.Subject);
        writer.WriteString("text", violation.Text);
        writer.WriteStartArray("excerpt");
        foreach (var operation in violation.Excerpt)
            Write(writer, operation, violation.Excerpt.Min(each => each.Start));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Operation operation, long first)
    {
        writer.WriteStartObject();
        writer.WriteString("worker", operation.Worker);
        writer.WriteNumber("number", operation.Number);
        writer.WriteString("kind", operation.Kind.ToString());
        writer.WriteString("task_id", operation.TaskId);
        writer.WriteNumber("start_ms", Milliseconds(operation.Start - first));
        if (operation.End is { } end)
            writer.WriteNumber("end_ms", Milliseconds(end - first));
        else
            writer.WriteNull("end_ms");
        writer.WriteString("answer", operation.Answer.ToString());
        writer.WriteString("refusal", operation.Refusal?.ToString());
        writer.WriteString("agent", operation.Agent);
        writer.WriteString("owner", operation.Owner);
        writer.WriteNumber("token", operation.Token);
        writer.WriteString("status", operation.Status?.ToString());
        writer.WriteEndObject();
    }

    private static double Milliseconds(long ticks) => Rounded(ticks * 1000.0 / System.Diagnostics.Stopwatch.Frequency);

    private static double Share(long part, long whole) => whole == 0 ? 0 : Rounded((double)part / whole);

    private static double Rounded(double value) => Math.Round(value, 3);
}
