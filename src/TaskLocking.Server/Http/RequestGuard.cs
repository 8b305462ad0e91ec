using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace TaskLocking.Server;

/// <summary>
/// Who may ask at all. A page of another site reaches this port from the browser of whoever opens it, under a name that it makes up, so
/// before anything else the Host must be this machine's; then comes the token; then, of what a browser sends, where it comes from. It
/// guards everything, whatever route comes after.
/// </summary>
internal sealed class RequestGuard(AccessToken token, Func<IReadOnlyCollection<string>> hosts)
{
    private const string Csp = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

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
        if (path is "/healthz" or "/readyz" or "/style.css")
            await next(context).ConfigureAwait(false);
        else if (path == "/login")
            await LogInAsync(context).ConfigureAwait(false);
        else if (Refuse(request) is var (status, title, detail))
        {
            await (path == "/" && PageFiles.IsWanted(request) ? PageFiles.Door.AnswerAsync(context, status)
                : Problem.WriteAsync(context, status, title, detail)).ConfigureAwait(false);
        }
        else
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

    // The token leaves the address bar with the redirect, and the history of the browser keeps it no longer than that.
    private Task LogInAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !token.IsBearer(context.Request.Query["t"]))
        {
            return PageFiles.IsWanted(context.Request) ? PageFiles.Door.AnswerAsync(context, StatusCodes.Status401Unauthorized)
                : Unauthorized(context, "The token is missing, or it is not the one that the server printed when it began.");
        }
        context.Response.Cookies.Append(CookieName(context.Request), token.Cookie, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
        });
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect("/");
        return Task.CompletedTask;
    }

    private (int Status, string Title, string Detail)? Refuse(HttpRequest request)
    {
        var bearer = AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) && token.IsBearer(header.Parameter);
        if (!bearer && !token.IsCookie(request.Cookies[CookieName(request)]))
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
            return (StatusCodes.Status401Unauthorized, "Unauthorized",
                "Send the token that the server printed when it began: Authorization: Bearer TOKEN, or open /login?t=TOKEN once.");
        }
        if (IsForeign(request, bearer))
            return (StatusCodes.Status403Forbidden, "Forbidden", "The request comes from a page of another site.");
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        // The protocol of tools ends sessions by DELETE, without a body.
        if (!isRead && !HttpMethods.IsDelete(request.Method) && !IsJson(request))
            return (StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Send application/json.");
        return null;
    }

    // A browser says where a page is from in one of two headers, and no page can forge them; a program that shows the token sends neither.
    private bool IsForeign(HttpRequest request, bool bearer)
    {
        var (origin, site) = (request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());
        if (origin.Length > 0 && !hosts().Any(host => string.Equals(origin, "http://" + host, StringComparison.OrdinalIgnoreCase)))
            return true;
        if (site.Length > 0)
            return site is not ("same-origin" or "none");
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return !isRead && !bearer && origin.Length == 0;
    }

    private static bool IsJson(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));

    // Of the servers of one machine each has its own: cookies know no ports.
    private static string CookieName(HttpRequest request) =>
        "tasklock_" + (request.Host.Port ?? 80).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Task Unauthorized(HttpContext context, string detail) =>
        Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized", detail);
}
