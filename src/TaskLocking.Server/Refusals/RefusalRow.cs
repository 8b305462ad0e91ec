namespace TaskLocking.Server;

/// <summary>What the server makes of a refusal's code.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Title">The kind of refusal in words, the same for each of its code.</param>
/// <param name="Next">What whoever was refused can do now; never anything that takes from others.</param>
internal sealed record RefusalRow(int Status, string Title, string Next);
