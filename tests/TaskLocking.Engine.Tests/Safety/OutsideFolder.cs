using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Safety;

/// <summary>
/// A folder of somebody else, into which hostile links lead: nothing in it may change, neither content nor rights nor names.
/// </summary>
internal sealed class OutsideFolder(string path)
{
    private SortedDictionary<string, string> _before = [];

    public string Path { get; } = Directory.CreateDirectory(path).FullName;

    public void Remember() => _before = Look();

    public void AssertUntouched() => Assert.Equal(_before, Look());

    private SortedDictionary<string, string> Look() => new(
        new DirectoryInfo(Path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).ToDictionary(each => each.FullName, Describe),
            StringComparer.Ordinal);

    private static string Describe(FileSystemInfo each) =>
        $"{each.Attributes} {each.UnixFileMode} " +
            $"{(each is FileInfo { LinkTarget: null } file ? Convert.ToHexString(File.ReadAllBytes(file.FullName)) : each.LinkTarget)}";
}
