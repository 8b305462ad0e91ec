using System;

namespace TaskLocking.Topics;

/// <summary>git did not do what it was asked for. The message is the end of a sentence: what it was, and what git said about it.</summary>
internal sealed class GitFailure(string message, Exception? inner = null) : Exception(message, inner);
