using System;
using System.IO;
using TaskLocking.SelfTest;
using TaskLocking.Tests.Topics;
using Xunit;

namespace TaskLocking.Tests.Diagnostics;

/// <summary>What the store needs of a rename, and what it can do without, on systems that do it otherwise than this one.</summary>
public sealed class RenameCheckTests : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly TopicProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_rename_that_is_refused_as_long_as_the_file_is_open_is_enough()
    {
        var tries = 0;
        var said = Run((source, target) =>
        {
            if (++tries == 1)
                throw new IOException("It is open.", SharingViolation);
            File.Move(source, target, overwrite: true);
        });
        Assert.Equal(2, tries);
        Assert.Contains("as soon as nobody had it open", said, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_refused_even_then_is_not() =>
        Assert.Equal(SharingViolation, Assert.Throws<IOException>(
            () => Run((_, _) => throw new IOException("It is open.", SharingViolation))).HResult);

    [Fact]
    public void One_that_is_refused_for_another_reason_is_not() =>
        Assert.Throws<UnauthorizedAccessException>(() => Run((_, _) => throw new UnauthorizedAccessException()));

    [Fact]
    public void One_that_changes_what_a_reader_has_open_is_not() => Assert.Contains("half a document",
        Assert.Throws<TaskLockingException>(() => Run((_, target) => WriteInto(target))).Message, StringComparison.Ordinal);

    [Fact]
    public void One_that_does_nothing_is_not() =>
        Assert.Contains("then had 'old'", Assert.Throws<TaskLockingException>(() => Run((_, _) => { })).Message, StringComparison.Ordinal);

    private static void WriteInto(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write("new"u8);
    }

    private string Run(Action<string, string> rename) =>
        RenameCheck.Run(Path.Combine(_project.Folder, "view"), Path.Combine(_project.Folder, "new"), rename);
}
