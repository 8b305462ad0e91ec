namespace TaskLocking.Diagnostics;

/// <summary>Something about the store that a person has to know although the command did what it was asked for.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Message">One line: what, where it was put, what to do.</param>
/// <param name="Path">The file concerned.</param>
public sealed record StoreNotice(StoreNoticeKind Kind, string Message, string? Path = null);
