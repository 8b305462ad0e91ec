using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>The line of JSON of a worker.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkerReport))]
internal sealed partial class WorkerReportJson : JsonSerializerContext;
