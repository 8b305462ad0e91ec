using Npgsql;

namespace TaskLocking.PostgreSql;

/// <summary>A task that somebody holds.</summary>
/// <param name="Task">Its id.</param>
/// <param name="Session">Whose session.</param>
/// <param name="Holder">Who that is, as JSON.</param>
internal sealed record HeldTask(string Task, string Session, string Holder)
{
    /// <summary>From a row of task, session and holder.</summary>
    public static HeldTask Of(NpgsqlDataReader reader) => new(reader.GetString(0), reader.GetString(1), reader.GetString(2));
}
