using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>
/// Answers requests below <c>/api</c> by the tools of the board: JSON with its version as tag, a refusal as problem details.
/// </summary>
internal sealed class ApiAnswers(ToolSetting setting, bool readOnly)
{
    private readonly EntityTags _tags = new();
    private readonly ProgressAnswers _progress = new(setting.Board, TimeProvider.System);
    private readonly BoardSnapshot _snapshot = new(setting, TimeProvider.System);

    /// <summary>Answers one of the routes.</summary>
    public async Task AnswerAsync(HttpContext context, ApiRoute route)
    {
        var caller = CallerOf(context);
        if (route.Method != "GET" && (readOnly || !caller.MayChange))
        {
            await Problem.WriteAsync(context, new Refusal(RefusalCode.NotPermitted, readOnly
                ? "This server only reads. Start it with --allow-changes to change the board by it."
                : $"The token of {caller.Name} only reads.")).ConfigureAwait(false);
            return;
        }
        var arguments = await ApiArguments.ReadAsync(context, route).ConfigureAwait(false);
        var key = route.Method == "GET" ? null : Key(context.Request);
        var call = new ToolCall(caller.In(setting), arguments, context.RequestAborted)
        {
            RequestId = key,
            IfVersion = route.Method != "GET" && context.Request.Headers.IfMatch.ToString() is { Length: > 0 } match
                ? TaskVersion(route, arguments, match, key is not null) : null,
        };
        var answer = await Task.Run(() => ToolTable.Run(route.Tool, call)).ConfigureAwait(false);
        if (call.IsReplayed)
            context.Response.Headers["Idempotency-Replayed"] = "true";
        if (answer.Refusal is { } refusal)
            await Problem.WriteAsync(context, refusal, Status(refusal, key)).ConfigureAwait(false);
        else
            await WriteAsync(context, call.Version, answer.Json).ConfigureAwait(false);
    }

    /// <summary>How far a swarm is, in the bytes of the command.</summary>
    public Task AnswerProgressAsync(HttpContext context)
    {
        var swarm = ApiArguments.InAddress(context, "/api/planner/{swarm_id}/progress").Single().Value;
        return _progress.Of(swarm) is var (version, json) ? WriteAsync(context, version, json)
            : Problem.WriteAsync(context, new Refusal(RefusalCode.TaskNotFound, $"No task is of the swarm {swarm}"));
    }

    /// <summary>All that the page shows.</summary>
    public async Task AnswerBoardAsync(HttpContext context)
    {
        var filter = BoardFilter.Of(context.Request.Query);
        var mayChange = !readOnly && CallerOf(context).MayChange;
        var (version, json) = await Task.Run(() => _snapshot.Of(filter, mayChange)).ConfigureAwait(false);
        await WriteAsync(context, version, json).ConfigureAwait(false);
    }

    /// <summary>What there is to ask for, for who comes without an address.</summary>
    public static Task AnswerAddressesAsync(HttpContext context)
    {
        var body = JsonText.Line(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", "tasklock");
            writer.WriteString("version", ServerVersion.Text);
            JsonText.Write(writer, "addresses", ["GET /api/planner/{swarm_id}/progress",
                .. ApiRoutes.All.Select(route => $"{route.Method} {route.Pattern}"), "GET /api/board",
                "GET /api/events", "GET /api/openapi.json", "GET /metrics", "POST /mcp"]);
            writer.WriteEndObject();
        });
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    private static Caller CallerOf(HttpContext context) => context.Features.GetRequiredFeature<Caller>();

    private Task WriteAsync(HttpContext context, long version, ReadOnlyMemory<byte> body)
    {
        var (request, response) = (context.Request, context.Response);
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var tag = isRead ? _tags.Of(request.Path + request.QueryString, version, body.Span) : EntityTags.Text(version);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = isRead ? "private, no-cache" : "no-store";
        if (isRead && EntityTags.Matches(request.Headers.IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }

    // A structured header has quotes around it, and many send none.
    private static string? Key(HttpRequest request)
    {
        var keys = request.Headers["Idempotency-Key"];
        return keys.Count == 0 ? null : keys.Count == 1 && keys[0]!.Trim() is { Length: > 0 } key ? key.Trim('"')
            : throw ToolCall.Fault("Idempotency-Key takes one name that no other request has, for example a new GUID.");
    }

    // The status that the header's specification has for another request under a name that was used.
    private static int? Status(Refusal refusal, string? key) =>
        key is not null && refusal.Code == RefusalCode.RequestIdReused ? StatusCodes.Status422UnprocessableEntity : null;

    // The caller has read the board at a version; the change is made if this task has not changed since, which the engine sees to.
    private long TaskVersion(ApiRoute route, Dictionary<string, JsonElement> arguments, string match, bool isNamed)
    {
        if (!route.TakesVersion)
            throw ToolCall.Fault("If-Match is for changes of one task that take if_version; a claim is proved by its token.");
        var read = EntityTags.Version(match) ?? throw ToolCall.Fault("If-Match takes one tag, as ETag told it: \"v123\".");
        var id = arguments["task_id"].GetString()!;
        var task = setting.Board.FindTask(id)
            ?? throw new TaskLockingException(new Refusal(RefusalCode.TaskNotFound, $"Task {id} not found", id));
        // What was done already under its name has changed the task: whether that is so the engine knows.
        if (isNamed && task.Version > read)
            return read;
        return task.Version <= read ? task.Version : throw new TaskLockingException(new Refusal(RefusalCode.VersionChanged,
            $"Task {id} was changed since version {read}: it has version {task.Version} now", id));
    }
}
