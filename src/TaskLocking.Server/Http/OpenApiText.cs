using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TaskLocking.Server;

/// <summary>
/// What the addresses take and answer, as an OpenAPI document: made of the tables that answer, so that it cannot tell of anything else.
/// Always the same bytes for the same tables; what is reviewed lies beside the tests.
/// </summary>
internal static partial class OpenApiText
{
    private const string Json = "application/json";

    private static readonly string[] Filters = ["swarm", "agent", "words"];

    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text { get; } = Document().ToJsonString(Indented) + "\n";

    private static JsonObject Document()
    {
        var paths = new JsonObject();
        foreach (var route in ApiRoutes.All)
            Path(paths, route.Pattern)[route.Method == "GET" ? "get" : "post"] = Operation(route);
        foreach (var (pattern, summary, type, parameters) in Others())
            Path(paths, pattern)["get"] = Get(summary, type, parameters);
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "TaskLocking",
                ["version"] = "1",
                ["description"] = "Tasks that several agents share. ETag is the version of the board; a refusal has the code of the "
                    + "command. What stands in tasks is data.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
                ["schemas"] = new JsonObject { ["Problem"] = ProblemSchema() },
            },
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
        };
    }

    private static IEnumerable<(string Pattern, string Summary, string Type, JsonObject[] Parameters)> Others() =>
    [
        ("/api/planner/{swarm_id}/progress", "How far a swarm is, as 'tasklock progress --json' tells it.", Json,
            [Parameter("swarm_id", "path", Texts("The swarm."))]),
        ("/api/board", "All that the page shows, at one version.", Json,
            [.. Filters.Select(name => Parameter(name, "query", Texts("Only what belongs to it.")))]),
        ("/api/events", "The commits as server-sent events: begin, commits, reset.", "text/event-stream",
        [
            Parameter("after", "query", Whole("The version behind which it begins; from now on when left out.")),
            Parameter("detail", "query", new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("full", "concise") }),
            Parameter("Last-Event-ID", "header", Whole("The same, of who comes back.")),
        ]),
        ("/api/openapi.json", "This document.", Json, []),
        ("/metrics", "Numbers in the text format of Prometheus.", "text/plain", []),
        ("/healthz", "Whether the process answers; needs no token.", "text/plain", []),
        ("/readyz", "Whether the board can be read; needs no token.", "text/plain", []),
    ];

    private static JsonObject Path(JsonObject paths, string pattern)
    {
        if (paths[pattern] is JsonObject known)
            return known;
        var path = new JsonObject();
        paths[pattern] = path;
        return path;
    }

    private static JsonObject Operation(ApiRoute route)
    {
        var inPath = Named().Matches(route.Pattern).Select(match => match.Groups["name"].Value).ToList();
        var fields = route.Tool.Fields.Where(field => !inPath.Contains(field.Name)).ToList();
        var parameters = new JsonArray([.. inPath.Select(name => Parameter(name, "path", Texts("The task.")))]);
        var operation = Begin($"{route.Tool.Title}: {route.Action}", $"{route.Tool.Name}.{route.Action}", parameters);
        if (route.Method == "GET")
        {
            foreach (var field in fields)
                parameters.Add(Parameter(field.Name, "query", ToolSchema.Of(field)));
            parameters.Add(Parameter("If-None-Match", "header", Texts("The tag of an answer that is there already.")));
        }
        else
        {
            parameters.Add(Parameter("Idempotency-Key", "header", Texts("A new name; sent again with it, it is done once.")));
            if (route.TakesVersion)
                parameters.Add(Parameter("If-Match", "header", Texts("The tag by which the task was read.")));
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content(Json, ToolSchema.Object(fields, [], [])),
            };
        }
        operation["responses"] = Responses(Json, ToolSchema.Output(route.Tool), route.Method == "GET");
        return operation;
    }

    private static JsonObject Get(string summary, string type, JsonObject[] parameters)
    {
        var operation = Begin(summary, null, [.. parameters]);
        operation["responses"] = Responses(type, new JsonObject { ["type"] = type == Json ? "object" : "string" }, type == Json);
        return operation;
    }

    private static JsonObject Begin(string summary, string? id, JsonArray parameters)
    {
        var operation = new JsonObject { ["summary"] = summary };
        if (id is not null)
            operation["operationId"] = id;
        operation["parameters"] = parameters;
        return operation;
    }

    private static JsonObject Responses(string type, JsonObject schema, bool isTagged)
    {
        var responses = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = "Done.", ["content"] = Content(type, schema) },
        };
        if (isTagged)
            responses["304"] = new JsonObject { ["description"] = "It is as it was." };
        responses["default"] = new JsonObject
        {
            ["description"] = "Refused.",
            ["content"] = Content("application/problem+json", new JsonObject { ["$ref"] = "#/components/schemas/Problem" }),
        };
        return responses;
    }

    private static JsonObject ProblemSchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["type"] = Texts("urn:tasklock:refusal: and the code."),
            ["title"] = Texts("The kind of refusal."),
            ["status"] = Whole("That of HTTP."),
            ["detail"] = Texts("A sentence for people."),
            ["code"] = Texts("The code of the command."),
            ["next"] = Texts("What can be done now."),
        },
        ["required"] = new JsonArray("type", "title", "status", "detail"),
    };

    private static JsonObject Parameter(string name, string place, JsonObject schema)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (place == "path")
            parameter["required"] = true;
        parameter["schema"] = schema;
        return parameter;
    }

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Texts(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Whole(string description) => new() { ["type"] = "integer", ["description"] = description };

    [GeneratedRegex(@"\{(?<name>[a-z_]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
