using System;

namespace TaskLocking.PostgreSql;

/// <summary>A commit as the database has it.</summary>
internal readonly record struct JournalRow(long Version, Guid Cid, string Text);
