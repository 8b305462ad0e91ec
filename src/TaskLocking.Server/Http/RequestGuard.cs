using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace TaskLocking.Server;

/// <summary>
/// Who may ask at all. A page of another site reaches this port from the browser of whoever opens it, under a name that it makes up, so
/// before anything else the Host must be this machine's; then comes the token; then, of what a browser sends, where it comes from. It
/// guards everything, whatever route comes after.
/// </summary>
internal sealed class RequestGuard(Access access, Func<IReadOnlyCollection<string>> hosts)
{
    private const string Csp = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const int LongestSecret = 4096;

    private static readonly (int Status, string Title, string Detail) Foreign =
        (StatusCodes.Status403Forbidden, "Forbidden", "The request comes from a page of another site.");
    private static readonly (int Status, string Title, string Detail) NoJson =
        (StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Send application/json.");

    // So long at most goes on what somebody follows whose token was revoked.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        WriteHeaders(context.Response.Headers);
        var request = context.Request;
        if (!hosts().Contains(request.Host.Value ?? "", StringComparer.OrdinalIgnoreCase))
        {
            await Problem.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, "Misdirected request",
                "This server is not the host that was asked for.").ConfigureAwait(false);
            return;
        }
        var path = request.Path.Value ?? "/";
        // What a browser without the token is shown looks as the rest does.
        if (path is "/healthz" or "/readyz" or "/style.css" or "/door.js")
            await next(context).ConfigureAwait(false);
        else if (path == "/login")
            await LogInAsync(context).ConfigureAwait(false);
        else if (Refuse(request, out var caller) is var (status, title, detail))
        {
            await (path == "/" && PageFiles.IsWanted(request) ? PageFiles.Door.AnswerAsync(context, status)
                : Problem.WriteAsync(context, status, title, detail)).ConfigureAwait(false);
        }
        else
            await ServeAsync(context, next, caller!).ConfigureAwait(false);
    }

    private async Task ServeAsync(HttpContext context, RequestDelegate next, Caller caller)
    {
        context.Features.Set(caller);
        if (caller.Name is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        var revoked = new Timer(_ =>
        {
            if (!access.Holds(caller))
                context.Abort();
        }, null, Glance, Glance);
        // It looks no more when the answer is given: the connection may be another request's then.
        await using (revoked.ConfigureAwait(false))
            await next(context).ConfigureAwait(false);
    }

    private static void WriteHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Csp;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    // By an address the token leaves the address bar with the redirect, and the history of the browser keeps it no longer than that. Who
    // types it sends it in a body, from the page of this server alone.
    private async Task LogInAsync(HttpContext context)
    {
        var request = context.Request;
        var isAddress = HttpMethods.IsGet(request.Method);
        (int Status, string Title, string Detail)? fault = isAddress ? null
            : !HttpMethods.IsPost(request.Method)
                ? (StatusCodes.Status405MethodNotAllowed, "Method not allowed", "Send GET with ?t=, or POST with a body.")
            : IsForeign(request, bearer: false) ? Foreign : IsJson(request) ? null : NoJson;
        if (fault is var (status, title, detail))
        {
            await Problem.WriteAsync(context, status, title, detail).ConfigureAwait(false);
            return;
        }
        var given = isAddress ? request.Query["t"].ToString() : await SecretAsync(request).ConfigureAwait(false);
        if (access.LogIn(given, isAddress) is not { } cookie)
        {
            await (isAddress && PageFiles.IsWanted(request) ? PageFiles.Door.AnswerAsync(context, StatusCodes.Status401Unauthorized)
                : Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized", access.IsNamed
                    ? "The token is missing, or it is none of this server: it may have been revoked."
                    : "The token is missing, or it is not the one that the server printed when it began.")).ConfigureAwait(false);
            return;
        }
        context.Response.Cookies.Append(CookieName(request), cookie, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
        });
        context.Response.Headers.CacheControl = "no-store";
        if (isAddress)
            context.Response.Redirect("/");
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // {"token": "…"}; null for anything else.
    private static async Task<string?> SecretAsync(HttpRequest request)
    {
        if (request.ContentLength is null or > LongestSecret)
            return null;
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted).ConfigureAwait(false);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("token", out var token)
                && token.ValueKind == JsonValueKind.String ? token.GetString() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private (int Status, string Title, string Detail)? Refuse(HttpRequest request, out Caller? caller)
    {
        var shown = AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) ? access.OfBearer(header.Parameter) : null;
        caller = shown ?? access.OfCookie(request.Cookies[CookieName(request)]);
        if (caller is null)
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
            return (StatusCodes.Status401Unauthorized, "Unauthorized", access.IsNamed
                ? "Send a token of this server: Authorization: Bearer TOKEN. In a browser, open the address of the server and enter it."
                : "Send the token that the server printed when it began: Authorization: Bearer TOKEN, or open /login?t=TOKEN once.");
        }
        if (IsForeign(request, shown is not null))
            return Foreign;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        // The protocol of tools ends sessions by DELETE, without a body.
        if (!isRead && !HttpMethods.IsDelete(request.Method) && !IsJson(request))
            return NoJson;
        return null;
    }

    // A browser says where a page is from in one of two headers, and no page can forge them; a program that shows the token sends neither.
    private bool IsForeign(HttpRequest request, bool bearer)
    {
        var (origin, site) = (request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());
        if (origin.Length > 0 && !hosts().Any(host => IsOf(origin, "http://", host) || IsOf(origin, "https://", host)))
            return true;
        if (site.Length > 0)
            return site is not ("same-origin" or "none");
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return !isRead && !bearer && origin.Length == 0;
    }

    // By https it comes through a proxy, under a name that was allowed.
    private static bool IsOf(string origin, string scheme, string host) => origin.Length == scheme.Length + host.Length
        && origin.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && origin.EndsWith(host, StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));

    // Of the servers of one machine each has its own: cookies know no ports.
    private static string CookieName(HttpRequest request) =>
        "tasklock_" + (request.Host.Port ?? 80).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
