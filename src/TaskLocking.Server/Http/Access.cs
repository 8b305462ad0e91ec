using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>
/// Who is let in: who shows the one token of the server, or one of those that a file has by their names. The file is looked at with each
/// request, so a token that was revoked is none from then on. A file that cannot be read any more lets nobody in.
/// </summary>
internal sealed class Access
{
    // So long after a file was written it may be written again without looking different.
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(2);

    private readonly AccessToken? _token;
    private readonly string? _file;
    private readonly Action<string> _log = _ => { };
    private readonly Lock _gate = new();
    private IReadOnlyList<NamedToken> _tokens = [];
    private (DateTime Written, long Length)? _read; // what the file was when it was read, if that was not just after it was written
    private string? _fault;

    /// <summary>With one token alone.</summary>
    public Access(AccessToken token) => _token = token;

    /// <summary>With those of a file.</summary>
    /// <param name="file">The full path.</param>
    /// <param name="log">Told why nobody is let in.</param>
    /// <exception cref="TaskLockingException">The file cannot be used, or is none.</exception>
    public Access(string file, Action<string> log)
    {
        (_file, _log) = (file, log);
        _tokens = TokenFile.Read(file);
    }

    /// <summary>The one token; null where there are named ones.</summary>
    public AccessToken? Token => _token;

    /// <summary>Whether tokens have names.</summary>
    public bool IsNamed => _file is not null;

    /// <summary>Who shows a secret; null for a stranger.</summary>
    public Caller? OfBearer(string? given) => given is null ? null
        : _token is not null ? _token.IsBearer(given) ? Caller.Unnamed : null
        : Find(token => token.Is(given));

    /// <summary>Who shows what a browser has in place of it.</summary>
    public Caller? OfCookie(string? given) => given is null ? null
        : _token is not null ? _token.IsCookie(given) ? Caller.Unnamed : null
        : Find(token => token.IsCookie(given));

    /// <summary>What a browser gets for a secret; null for a stranger.</summary>
    /// <param name="given">The secret.</param>
    /// <param name="isInAddress">Whether it stands in an address: there no secret of a name is taken, for addresses are kept.</param>
    public string? LogIn(string? given, bool isInAddress) =>
        OfBearer(given) is null || (isInAddress && IsNamed) ? null : NamedToken.CookieOf(given!);

    /// <summary>Whether a caller is still let in, by the token that he has shown.</summary>
    public bool Holds(Caller caller) => caller.Name is null || Tokens().Any(token => Of(token) == caller);

    // All are compared, whichever it is.
    private Caller? Find(Func<NamedToken, bool> isIt)
    {
        Caller? found = null;
        foreach (var token in Tokens())
        {
            if (isIt(token))
                found = Of(token);
        }
        return found;
    }

    private static Caller Of(NamedToken token) => new(token.Name, token.MayChange, token.Print);

    private IReadOnlyList<NamedToken> Tokens()
    {
        lock (_gate)
        {
            try
            {
                var file = new FileInfo(_file!);
                var now = (file.LastWriteTimeUtc, file.Exists ? file.Length : -1);
                if (_read == now)
                    return _tokens;
                (_tokens, _fault) = (TokenFile.Read(_file!), null);
                _read = DateTime.UtcNow - now.LastWriteTimeUtc > Doubt ? now : null;
            }
            catch (Exception fault) when (fault is TaskLockingException or IOException or UnauthorizedAccessException)
            {
                (_tokens, _read) = ([], null);
                if (_fault != fault.Message)
                    _log("tasklock: nobody is let in. " + TerminalText.Line(fault.Message));
                _fault = fault.Message;
            }
            return _tokens;
        }
    }
}
