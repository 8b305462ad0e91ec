using System.Globalization;

namespace TaskLocking.Wire;

/// <summary>Whole numbers that are not negative; ranges are the engine's matter.</summary>
internal static class WholeNumber
{
    /// <summary>Null for null.</summary>
    /// <param name="text">The value of the option.</param>
    /// <param name="example">An option with a value that is right, such as "--max-attempt 3".</param>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static int? Parse(string? text, string example) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new TaskLockingException(RefusalCode.InvalidArgument, $"'{text}' is no whole number. Give one, for example {example}.");

    /// <summary>A fencing token.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static long Token(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var token) ? token
        : throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{text}' is no token. Give the number that the claim has (taskLocking.claim.token in JSON), for example --token 12.");
}
