using System;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>A refusal as an answer of HTTP: problem details (RFC 9457) with the facts that the command tells.</summary>
internal static class Problem
{
    private const string MediaType = "application/problem+json";

    /// <param name="context">Of the request.</param>
    /// <param name="refusal">Why nothing was done.</param>
    /// <param name="status">Another status than the catalogue has; null for that.</param>
    public static Task WriteAsync(HttpContext context, Refusal refusal, int? status = null)
    {
        var row = RefusalCatalogue.Of(refusal.Code);
        row = row with { Status = status ?? row.Status };
        if (row.Status == StatusCodes.Status503ServiceUnavailable)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling((refusal.RetryAfter ?? TimeSpan.FromSeconds(1)).TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        return WriteAsync(context, row.Status, JsonText.Line(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "urn:tasklock:refusal:" + refusal.Code);
            writer.WriteString("title", row.Title);
            writer.WriteNumber("status", row.Status);
            writer.WriteString("detail", refusal.Message);
            RefusalJson.WriteFacts(writer, refusal, withReason: false);
            writer.WriteString("next", row.Next);
            writer.WriteEndObject();
        }));
    }

    /// <summary>What HTTP itself refuses, before anything is asked of the board.</summary>
    public static Task WriteAsync(HttpContext context, int status, string title, string detail) =>
        WriteAsync(context, status, JsonText.Line(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", title);
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            writer.WriteEndObject();
        }));

    private static Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        var body = PlainJson.Of(json.Span);
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body).AsTask();
    }
}
