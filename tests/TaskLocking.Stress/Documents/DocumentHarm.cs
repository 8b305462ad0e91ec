namespace TaskLocking.Stress;

/// <summary>What becomes of documents and of those who write them.</summary>
internal static class DocumentHarm
{
    /// <summary>What stands in a document's place and is none.</summary>
    public static readonly string[] Broken =
    [
        "", "{}", "[]", "{\"todos\":null}", "{\"version\":1,\"servers\":[]}", "{\n  \"todos\": [\n<<<<<<< HEAD\n=======\n>>>>>>> theirs\n",
        "{\"todos\":[{\"id\":\"ours 0\",\"x\":NaN}]}", "version https://git-lfs.github.com/spec/v1\n",
    ];

    /// <summary>Where a process is killed.</summary>
    public static readonly string[] Places =
    [
        "commit.locked", "commit.before-append", "commit.after-append", "commit.after-flush", "adopt.after-append",
        "publish.before-rename", "publish.between", "publish.after-rename",
    ];
}
