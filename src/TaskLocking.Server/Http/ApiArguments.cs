using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TaskLocking.Server;

/// <summary>The arguments of a tool in a request: of the address, of the query or of the body.</summary>
internal static class ApiArguments
{
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static async Task<Dictionary<string, JsonElement>> ReadAsync(HttpContext context, ApiRoute route)
    {
        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (route.Method == "GET")
            ReadQuery(context.Request, route, arguments);
        else
            await ReadBodyAsync(context, arguments).ConfigureAwait(false);
        foreach (var (name, value) in InAddress(context, route.Pattern))
            Put(arguments, name, Element(value));
        Put(arguments, "action", Element(route.Action));
        if (route.Detail is { } detail)
            arguments.TryAdd("detail", Element(detail));
        return arguments;
    }

    /// <summary>The values of a pattern's names in the address as it was sent: an id may have a slash, which is escaped there.</summary>
    public static IEnumerable<(string Name, string Value)> InAddress(HttpContext context, string pattern)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?');
        var parts = (end < 0 ? target : target[..end]).Split('/');
        var names = pattern.Split('/');
        for (var i = 0; i < names.Length && i < parts.Length; i++)
        {
            if (names[i].StartsWith('{'))
                yield return (names[i].Trim('{', '}'), Uri.UnescapeDataString(parts[i]));
        }
    }

    public static JsonElement Element(JsonNode? value)
    {
        using var document = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    private static void Put(Dictionary<string, JsonElement> arguments, string name, JsonElement value)
    {
        if (!arguments.TryAdd(name, value))
            throw ToolCall.Fault($"'{name}' is in the address, and not among the arguments.");
    }

    private static void ReadQuery(HttpRequest request, ApiRoute route, Dictionary<string, JsonElement> arguments)
    {
        foreach (var (name, values) in request.Query)
        {
            // What no field has the name of is refused by the tool, with those that there are.
            var kind = route.Tool.Fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.Ordinal))?.Kind;
            arguments[name] = Element(kind switch
            {
                FieldKind.Texts => new JsonArray([.. values.Select(value => (JsonNode?)value)]),
                _ when values.Count != 1 => throw ToolCall.Fault($"'{name}' is given twice."),
                FieldKind.Integer when long.TryParse(
                    values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
                FieldKind.Flag when bool.TryParse(values[0], out var flag) => flag,
                _ => values[0],
            });
        }
    }

    private static async Task ReadBodyAsync(HttpContext context, Dictionary<string, JsonElement> arguments)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 64 },
                context.RequestAborted).ConfigureAwait(false);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw ToolCall.Fault("The body must be one JSON object.");
            foreach (var member in document.RootElement.EnumerateObject())
                arguments[member.Name] = member.Value.Clone();
        }
        catch (JsonException fault)
        {
            throw ToolCall.Fault($"The body is no JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.");
        }
    }
}
