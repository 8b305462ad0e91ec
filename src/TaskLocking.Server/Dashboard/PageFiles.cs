using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace TaskLocking.Server;

/// <summary>A file of the page, out of the assembly.</summary>
internal sealed class PageFiles
{
    private readonly byte[] _bytes;
    private readonly string _type;
    private readonly string _tag;

    private PageFiles(string name, string type)
    {
        using var resource = typeof(PageFiles).Assembly.GetManifestResourceStream("page/" + name)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        (_bytes, _type, Path) = (bytes.ToArray(), type, "/" + name);
        _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(_bytes).AsSpan(0, 8))}\"";
    }

    /// <summary>The page itself, at <c>/</c>.</summary>
    public static PageFiles Page { get; } = new("index.html", "text/html; charset=utf-8");

    /// <summary>What a browser without the token sees: how to come in.</summary>
    public static PageFiles Door { get; } = new("door.html", "text/html; charset=utf-8");

    /// <summary>What the page loads.</summary>
    public static IReadOnlyList<PageFiles> Parts { get; } =
        [new("app.js", "text/javascript; charset=utf-8"), new("style.css", "text/css; charset=utf-8"), new("icon.svg", "image/svg+xml"),
        new("door.js", "text/javascript; charset=utf-8")];

    public string Path { get; }

    /// <summary>Whether it is a browser that asks, and wants to show something.</summary>
    public static bool IsWanted(HttpRequest request) => request.Headers.Accept.Any(each =>
        each is not null && each.Contains("text/html", StringComparison.OrdinalIgnoreCase));

    public Task AnswerAsync(HttpContext context) => AnswerAsync(context, StatusCodes.Status200OK);

    public Task AnswerAsync(HttpContext context, int status)
    {
        var response = context.Response;
        response.Headers.CacheControl = status == StatusCodes.Status200OK ? "private, no-cache" : "no-store";
        response.Headers.Vary = "Accept";
        response.StatusCode = status;
        if (status == StatusCodes.Status200OK)
        {
            response.Headers.ETag = _tag;
            if (EntityTags.Matches(context.Request.Headers.IfNoneMatch, _tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }
        response.ContentType = _type;
        response.ContentLength = _bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(_bytes).AsTask();
    }
}
