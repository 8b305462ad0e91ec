using System.IO;
using System.Xml.Linq;

namespace TaskLocking.Tests.Pester;

/// <summary>What one test of the suite came to on one build of the module. <see cref="Failure"/> is null where it passed.</summary>
public sealed record PesterResult(string Build, string File, string Name, bool Skipped, string? Failure)
{
    /// <summary>Reads a <c>testcase</c> of a JUnit file as Pester writes it: the class is the path of the test file.</summary>
    internal static PesterResult Read(string build, XElement test)
    {
        var status = (string?)test.Attribute("status");
        var failure = test.Element("failure");
        // Whatever is neither passed nor skipped was not proven.
        var said = status is "Passed" or "Skipped" ? null : $"{status}: {(string?)failure?.Attribute("message")}\n{failure?.Value}";
        var file = Path.GetFileName((string)test.Attribute("classname")!);
        return new(build, file, (string)test.Attribute("name")!, status is "Skipped", said);
    }

    /// <summary>What is shown beside the test's name.</summary>
    public override string ToString() => File;
}
