using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TaskLocking.Server;

/// <summary>
/// <c>tasklock serve</c>: the board over HTTP, for programs of this machine, until a signal asks it to end. What it says of itself goes to
/// standard output once; no log has a request, so none has a token.
/// </summary>
internal static class HttpServer
{
    private const long LargestBody = 1 << 20;
    private static readonly string[] Names = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(ServerArguments arguments)
    {
        if (arguments is { ReadOnly: true, AllowChanges: true })
        {
            throw ServerArguments.Fault(
                "--read-only and --allow-changes say two things. Give one. Example: tasklock serve --allow-changes");
        }
        var (addresses, named) = (ListenAddress.Parse(arguments.Urls, arguments.Port), arguments.Hosts());
        if (arguments is { TokenFile: not null, Tokens: not null })
        {
            throw ServerArguments.Fault("--token-file is for one token that has no name, --tokens for several that have. Give one of them. "
                + "Example: tasklock serve --tokens ~/.tasklock-tokens");
        }
        var access = arguments.Tokens is { } tokens ? new Access(tokens, Console.Error.WriteLine)
            : new Access(arguments.TokenFile is { } file ? AccessToken.Of(file) : AccessToken.Random());
        var place = arguments.Locate();
        using var board = Boards.Open(place);
        // A board that cannot be read is told now, and not to each who asks.
        _ = board.GetVersion();
        var setting = new ToolSetting(board) { Project = arguments.Project(), Agent = ServerArguments.DefaultAgent() };
        using var hub = new EventHub(board, Console.Error.WriteLine);
        await using var app = Build(addresses, named, access, setting, hub, !arguments.AllowChanges);
        using var export = OtlpExport.Start(app.Services.GetRequiredService<BoardMetrics>().Read);
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw Taken(addresses, fault);
        }
        await ServerGreeting.TellAsync(Urls(app), access.Token, place, arguments).ConfigureAwait(false);
        await app.WaitForShutdownAsync(CancellationToken.None).ConfigureAwait(false);
        return 0;
    }

    private static WebApplication Build(IReadOnlyList<ListenAddress> addresses, IReadOnlyList<string> named, Access access,
        ToolSetting setting, EventHub hub, bool readOnly)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            foreach (var address in addresses)
                kestrel.Listen(address.Ip, address.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Farewell);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var protocol = new ProtocolServer(setting, readOnly, hub, Console.Error.WriteLine);
        builder.Services.AddMcpServer(options => protocol.Fill(options)).WithHttpTransport(transport =>
        {
            transport.Stateless = true;
            // With each request, for the next one may show another token.
            transport.ConfigureSessionOptions = (context, options, _) =>
            {
                if (context.Features.Get<Caller>() is { Name: not null } caller)
                    new ProtocolServer(caller.In(setting), readOnly || !caller.MayChange, hub, Console.Error.WriteLine).Fill(options);
                return Task.CompletedTask;
            };
        });
        builder.Services.AddSingleton(services => new EventStream(setting.Board, hub,
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
        builder.Services.AddSingleton(services => new BoardMetrics(setting.Board, () => services.GetRequiredService<EventStream>().Open,
            TimeProvider.System));
        var app = builder.Build();
        var hosts = new Lazy<IReadOnlyCollection<string>>(() => [.. Hosts(app), .. named]);
        app.Use((context, next) => new RequestGuard(access, () => hosts.Value).InvokeAsync(context, next));
        app.Use(RefuseAsync);
        app.UseRouting();
        Map(app, setting, readOnly);
        return app;
    }

    private static void Map(WebApplication app, ToolSetting setting, bool readOnly)
    {
        var answers = new ApiAnswers(setting, readOnly);
        var (events, metrics) = (app.Services.GetRequiredService<EventStream>(), app.Services.GetRequiredService<BoardMetrics>());
        app.MapGet("/", context => PageFiles.IsWanted(context.Request) ? PageFiles.Page.AnswerAsync(context)
            : ApiAnswers.AnswerAddressesAsync(context));
        foreach (var file in PageFiles.Parts)
            app.MapGet(file.Path, file.AnswerAsync);
        app.MapGet("/healthz", context => context.Response.WriteAsync("ok\n"));
        app.MapGet("/readyz", context =>
        {
            _ = setting.Board.GetVersion();
            return context.Response.WriteAsync("ok\n");
        });
        app.MapGet("/metrics", context =>
        {
            context.Response.ContentType = MetricsText.MediaType;
            return context.Response.WriteAsync(MetricsText.Of(metrics.Read()));
        });
        app.MapGet("/api/planner/{swarm_id}/progress", answers.AnswerProgressAsync);
        app.MapGet("/api/board", answers.AnswerBoardAsync);
        app.MapGet("/api/events", events.AnswerAsync);
        app.MapGet("/api/openapi.json", context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(OpenApiText.Text);
        });
        foreach (var route in ApiRoutes.All)
            app.MapMethods(route.Pattern, [route.Method], context => answers.AnswerAsync(context, route));
        app.MapMcp("/mcp");
        app.MapFallback(context => Problem.WriteAsync(context, StatusCodes.Status404NotFound, "Not found", "Nothing is at this address."));
    }

    // What is refused below, or goes wrong, is told here; what nobody expected without its inside.
    private static async Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (TaskLockingException refused) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, refused.Refusal).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more who could be told.
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, bad.StatusCode, "Bad request", "The request is too large, or not whole.")
                .ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !context.Response.HasStarted)
        {
            await Console.Error.WriteLineAsync(fault.ToString()).ConfigureAwait(false);
            await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, "Internal error", "An error occurred.")
                .ConfigureAwait(false);
        }
    }

    private static List<string> Urls(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    // By its names; what another name leads here is a page that wants to pass for this server.
    private static List<string> Hosts(WebApplication app) => Urls(app).Select(url => new Uri(url)).SelectMany(url =>
        Names.Select(name => $"{name}:{url.Port}").Concat(url.Port == 80 ? Names : [])).Distinct(StringComparer.Ordinal).ToList();

    private static TaskLockingException Taken(IReadOnlyList<ListenAddress> addresses, IOException fault)
    {
        var holder = addresses.Select(address => (Address: address, Who: PortHolder.Of(address.Port)))
            .FirstOrDefault(each => each.Who.Length > 0);
        var (taken, who) = holder.Address is null ? (addresses[0], "") : holder;
        return new TaskLockingException(RefusalCode.StoreUnavailable, fault.InnerException is AddressInUseException
            ? $"Port {taken.Port} of {taken.Host} is in use{who}. Give another, for example --port 0 for one that is free."
            : $"The server cannot listen at {taken.Host}:{taken.Port}: {fault.Message}", fault);
    }
}
