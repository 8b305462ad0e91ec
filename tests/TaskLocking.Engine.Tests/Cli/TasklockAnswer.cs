using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>How a <c>tasklock</c> ended.</summary>
internal sealed record TasklockAnswer(int ExitCode, string Output, string Error)
{
    /// <summary>The one document of a success.</summary>
    public JsonElement Document()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        Assert.Equal("", Error);
        return Parse(Output);
    }

    /// <summary>The one document on standard output, whatever else happened.</summary>
    public JsonElement Partial() => Parse(Output);

    /// <summary>The object on standard error of a refusal, whose code and exit code are asserted.</summary>
    public JsonElement Refusal(string code, int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode} instead of {exitCode}: {Output}{Error}");
        var refusal = Parse(Error);
        Assert.Equal(JsonValueKind.Object, refusal.ValueKind);
        Assert.False(refusal.GetProperty("success").GetBoolean());
        Assert.Equal(code, refusal.GetProperty("code").GetString());
        Assert.NotEqual("", refusal.GetProperty("message").GetString());
        return refusal;
    }

    /// <summary>The values of a property of each item of an array.</summary>
    public static string[] Texts(JsonElement array, string property) =>
        array.EnumerateArray().Select(item => item.GetProperty(property).GetString()!).ToArray();

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
