using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;

namespace TaskLocking.Server;

/// <summary>Where the server listens: an address of this machine that no other reaches, and a port.</summary>
/// <param name="Ip">127.0.0.1 or ::1.</param>
/// <param name="Port">0 for one that is free.</param>
internal sealed record ListenAddress(IPAddress Ip, int Port)
{
    public const int StandardPort = 7420;

    /// <summary>As it stands in a URL.</summary>
    public string Host => Ip.Equals(IPAddress.IPv6Loopback) ? "[::1]" : Ip.ToString();

    /// <param name="urls">Several with ';' between them; null for none.</param>
    /// <param name="port">The port alone; null for the usual one.</param>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static IReadOnlyList<ListenAddress> Parse(string? urls, string? port)
    {
        if (urls is not null && port is not null)
            throw ServerArguments.Fault("--urls and --port say two things. Give one. Example: tasklock serve --port 8080");
        return urls is null ? [new ListenAddress(IPAddress.Loopback, Number(port))]
            : urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse).ToList();
    }

    private static ListenAddress Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/"
            || uri.UserInfo.Length > 0)
            throw ServerArguments.Fault($"'{url}' is no address to listen at. Give one such as --urls http://127.0.0.1:8080");
        var ip = uri.IdnHost switch
        {
            "localhost" or "127.0.0.1" => IPAddress.Loopback,
            "::1" or "[::1]" => IPAddress.IPv6Loopback,
            _ => throw ServerArguments.Fault($"'{url}' can be reached from other machines, or names no address of this one. "
                + "The server listens at 127.0.0.1, [::1] or localhost only."),
        };
        return new ListenAddress(ip, uri.Port);
    }

    private static int Number(string? port) => port is null ? StandardPort
        : int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= IPEndPoint.MaxPort ? number
        : throw ServerArguments.Fault($"'{port}' is no port. Give 0 to 65535, for example --port 8080; 0 takes one that is free.");
}
