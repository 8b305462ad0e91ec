using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TaskLocking.Server;

/// <summary>
/// One stream's way out, packed where its reader takes that. A reader who does not take what he is sent is dropped.
/// </summary>
/// <param name="context">The request.</param>
/// <param name="isConcise">Whether he wants events in short.</param>
/// <param name="patience">So long he may take nothing.</param>
internal sealed class EventSink(HttpContext context, bool isConcise, TimeSpan patience)
{
    private readonly bool _isPacked = context.Request.GetTypedHeaders().AcceptEncoding
        .Any(coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);

    /// <summary>Tells what kind of answer it is, and the first message.</summary>
    public Task BeginAsync(byte[] message, CancellationToken stop)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers["X-Accel-Buffering"] = "no";
        if (_isPacked)
            response.Headers.ContentEncoding = "gzip";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return WriteAsync(_isPacked ? [.. PackedMessage.Head, .. PackedMessage.Of(message)] : message, stop);
    }

    /// <summary>A message of this stream alone.</summary>
    public Task SendAsync(byte[] message, CancellationToken stop) => WriteAsync(_isPacked ? PackedMessage.Of(message) : message, stop);

    /// <summary>One for many streams.</summary>
    public Task SendAsync(EventTick tick, CancellationToken stop) => WriteAsync(tick.Bytes(isConcise, _isPacked), stop);

    /// <summary>Drops the reader.</summary>
    public void Abort() => context.Abort();

    private async Task WriteAsync(byte[] message, CancellationToken stop)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limited.CancelAfter(patience);
        try
        {
            await context.Response.Body.WriteAsync(message, limited.Token).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Half a message is left: nothing can follow it.
            context.Abort();
            throw;
        }
    }
}
