using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Npgsql;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Where a board in a database is: <c>postgres://user@host:port/database/board?schema=s&amp;sslmode=verify-full</c>. It may stand anywhere,
/// for it has no password: that comes from <c>~/.pgpass</c>, <c>PGPASSFILE</c> or <c>PGPASSWORD</c>.
/// </summary>
internal sealed record ServerAddress
{
    public const string DefaultSchema = "tasklocking";

    private const string Example = "postgres://user@host/database/board";
    private const int LongestName = 100;

    // What libpq calls them, and what they are called here.
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["passfile"] = "Passfile",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    private ServerAddress(string text, string connection, string database, string board, string schema)
    {
        Text = text;
        Connection = connection;
        Database = database;
        Board = board;
        Schema = schema;
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    public string Database { get; }

    public string Board { get; }

    /// <summary>Lower-case letters, digits and underscores, so that it can stand in a statement.</summary>
    public string Schema { get; }

    /// <summary>Whether who waits for a change listens to the server; else he looks, as without it.</summary>
    public bool Listens { get; private init; } = true;

    /// <summary>Reads it.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static ServerAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
            throw Wrong(text, "is no address of a board in PostgreSQL");
        var user = Uri.UnescapeDataString(uri.UserInfo);
        if (user.Contains(':', StringComparison.Ordinal))
            throw new TaskLockingException(RefusalCode.InvalidArgument, "A password in the address of a workspace would be seen by "
                + $"everybody who lists processes. Leave it out ({Example}) and put it into ~/.pgpass, or name its file in PGPASSFILE.");
        var path = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
        if (path.Count != 2 || path.Exists(part => part.Length > LongestName || part.Any(char.IsControl)))
            throw Wrong(text, "has to name a database and a board");
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length > 0 ? uri.Host : null,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Username = user.Length > 0 ? user : Environment.UserName,
            Database = path[0],
        };
        var schema = DefaultSchema;
        var listens = true;
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (pair.Split('=')[0], Uri.UnescapeDataString(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]));
            if (name == "schema")
                schema = value;
            else if (name == "notify")
                listens = value switch { "on" => true, "off" => false, _ => throw Wrong(text, $"has '{value}' for notify: on or off") };
            else if (name == "host")
                builder.Host = value;
            else if (name == "user")
                builder.Username = value;
            else if (Settings.TryGetValue(name, out var keyword))
                Set(builder, keyword, value, text);
            else
                throw Wrong(text, $"has '{name}', which is none of "
                    + $"{string.Join(", ", Settings.Keys.Prepend("host").Prepend("user").Prepend("notify").Prepend("schema"))}");
        }
        if (builder.Host is null)
            throw Wrong(text, "names no host");
        if (!IsPlain(schema))
            throw Wrong(text, $"has the schema '{schema}', which is not of lower-case letters, digits and underscores, 50 at most");
        return new ServerAddress(text, Full(builder), path[0], path[1], schema) { Listens = listens };
    }

    /// <summary>The same place, another schema and another board.</summary>
    public ServerAddress With(string schema, string board)
    {
        var uri = new Uri(Text);
        var others = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !pair.StartsWith("schema=", StringComparison.Ordinal));
        return Parse($"{uri.Scheme}://{Text[(uri.Scheme.Length + 3)..Text.IndexOf('/', uri.Scheme.Length + 3)]}"
            + $"/{Uri.EscapeDataString(Database)}/{Uri.EscapeDataString(board)}?{string.Join('&', others.Append("schema=" + schema))}");
    }

    /// <summary>What a server is told about who connects: the machine and the process.</summary>
    public static string ApplicationOf(int process) =>
        $"tasklock {Environment.MachineName} {process.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>How to connect.</summary>
    public string Connection { get; }

    private static string Full(NpgsqlConnectionStringBuilder address)
    {
        var builder = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            // Nothing lasts longer than a transaction, for a pooler gives the connection to others then.
            MaxPoolSize = 30,
            MinPoolSize = 0,
            MaxAutoPrepare = 0,
            NoResetOnClose = true,
            Enlist = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Timeout = 5,
            CommandTimeout = 15,
            // A cancelled wait for a standby would be answered as if it had been waited for: rather no answer.
            CancellationTimeout = -1,
            KeepAlive = 10,
            TcpKeepAlive = true,
            ConnectionIdleLifetime = 60,
            IncludeErrorDetail = true,
            ApplicationName = ApplicationOf(Environment.ProcessId),
        };
        return builder.ConnectionString;
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string keyword, string value, string text)
    {
        try
        {
            builder[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (ArgumentException)
        {
            throw Wrong(text, $"has '{value}', which is no value for it");
        }
    }

    private static bool IsPlain(string name) => name.Length is > 0 and <= 50 && !char.IsAsciiDigit(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');

    private static TaskLockingException Wrong(string text, string what) =>
        new(RefusalCode.InvalidArgument, $"'{text}' {what}. Example: {Example}");
}
