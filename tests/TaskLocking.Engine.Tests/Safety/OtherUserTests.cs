using System;
using System.IO;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Safety;

/// <summary>Two users on one machine: whose store a command uses that has only found it, and what they share on purpose.</summary>
public sealed class OtherUserTests : IDisposable
{
    // In another user's name, with the groups and the home that come after it.
    private const string As = """
        as() {
            local user=$1 groups=$2; shift 2
            setpriv --reuid "$user" --regid "$user" --groups "$groups" env HOME="$PWD/home$user" XDG_CONFIG_HOME= "$@"
        }
        export -f as; for user in 65534 4711; do mkdir -p home$user; chown $user home$user; done
        """;

    private const string Sub = "mkdir -p sub; chmod 755 . sub; cd sub; ";

    private readonly CliWorkspace _place = new();

    public OtherUserTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && StrangeThing.IsRoot, "Only root can be another user.");
        StrangeThing.Give(_place.Folder, (UnixFileMode)0x3ff); // 1777, as /tmp is
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("task", "new", "mine")]
    [InlineData("task", "get")]
    [InlineData("next", "--agent", "a")]
    [InlineData("sync")]
    [InlineData("check")]
    [InlineData("lock", "trap", "--", "true")]
    [InlineData("topic", "new", "mine")]
    [InlineData("metrics")]
    public void A_store_of_another_user_that_is_only_found_is_refused(params string[] args)
    {
        Run("as 65534 65534 $TASKLOCK task new trap > /dev/null");
        var refused = Run(Sub + "exec $TASKLOCK --json \"$@\"", args).Refusal("UntrustedStore", 7);
        Assert.Contains("65534", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("tasklock trust", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("mine", File.ReadAllText(_place.Document), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_that_one_may_not_look_into_is_not_passed_over()
    {
        Run("as 65534 65534 $TASKLOCK task new above > /dev/null; mkdir -p sub/.git; echo 'ref: x' > sub/.git/HEAD; chmod 700 sub/.git; "
            + "chmod 777 sub");
        Run("cd sub; as 65534 65534 $TASKLOCK --json task new mine").Refusal("AccessDenied", 10);
        Assert.DoesNotContain("mine", File.ReadAllText(_place.Document), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_holds_for_roots_store_and_a_user()
    {
        Run("$TASKLOCK task new roots > /dev/null; chmod 777 .todo2");
        Run(Sub + "as 65534 65534 $TASKLOCK --json task new mine").Refusal("UntrustedStore", 7);
    }

    [Theory]
    [InlineData("$TASKLOCK --workspace .. task get --json")]
    [InlineData("TASKLOCKING_WORKSPACE=.. $TASKLOCK task get --json")]
    public void It_is_used_if_it_is_named(string command)
    {
        Run("as 65534 65534 $TASKLOCK task new theirs > /dev/null");
        Assert.Contains("theirs", Run(Sub + command).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_used_once_it_is_trusted_by_this_user_and_of_this_owner()
    {
        Run("as 65534 65534 $TASKLOCK task new theirs > /dev/null");
        const string Get = Sub + "cd ..; as 4711 4711 $TASKLOCK --json task get";
        Run(Get).Refusal("UntrustedStore", 7);
        // The store itself is what a refusal names.
        var trusted = Run("as 4711 4711 $TASKLOCK --json trust .todo2").Document();
        Assert.True(trusted.GetProperty("changed").GetBoolean());
        Assert.Contains("theirs", Run(Get).Output, StringComparison.Ordinal);
        Assert.False(Run("as 4711 4711 $TASKLOCK --json trust .").Document().GetProperty("changed").GetBoolean());
        // Another user trusts nobody by that, and another owner is not trusted.
        Run(Sub + "exec $TASKLOCK --json task get").Refusal("UntrustedStore", 7);
        Run("chown -R 815 .todo2; " + Get).Refusal("UntrustedStore", 7);
        Run("chown -R 65534 .todo2; as 4711 4711 $TASKLOCK --json trust . --remove");
        Run(Get).Refusal("UntrustedStore", 7);
    }

    [Theory]
    [InlineData("chmod 644 home4711/.config/tasklocking/trusted; chown 65534 home4711/.config/tasklocking/trusted")]
    [InlineData("chmod 666 home4711/.config/tasklocking/trusted")]
    [InlineData("cp home4711/.config/tasklocking/trusted t; chown 4711 t; rm home4711/.config/tasklocking/trusted; ln -s $PWD/t " +
        "home4711/.config/tasklocking/trusted")]
    public void Trust_that_another_could_have_written_counts_for_nothing(string forge)
    {
        Run("as 65534 65534 $TASKLOCK task new theirs > /dev/null; as 4711 4711 $TASKLOCK trust . > /dev/null");
        Run(forge + "; as 4711 4711 $TASKLOCK --json task get").Refusal("UnsafeFile", 10);
    }

    [Fact]
    public void Root_who_went_into_a_users_own_folder_is_let_in_and_shuts_him_out_of_nothing()
    {
        Run("chown 65534 .; as 65534 65534 $TASKLOCK task new A > /dev/null");
        Assert.Equal(0, Run("$TASKLOCK task new B && $TASKLOCK lock B -- true").ExitCode);
        Assert.Equal(0, Run("as 65534 65534 $TASKLOCK lock B -- true").ExitCode);
        Run("mkdir below; cd below; $TASKLOCK --json task new C").Refusal("UntrustedStore", 7);
    }

    [Fact]
    public void One_who_became_root_for_a_moment_is_still_who_he_was()
    {
        Run("as 65534 65534 $TASKLOCK task new mine > /dev/null");
        Assert.Equal(0, Run("SUDO_UID=65534 $TASKLOCK task new A").ExitCode);
        Run("SUDO_UID=4711 $TASKLOCK --json task new B").Refusal("UntrustedStore", 7);
        // Only root can have become it.
        Run("as 4711 4711 env SUDO_UID=65534 $TASKLOCK --json task new C").Refusal("UntrustedStore", 7);
        Assert.Equal("", Run("find .todo2 -not -user 65534").Output);
    }

    [Fact]
    public void Users_of_a_group_share_a_folder_that_its_group_may_write_to()
    {
        Run("mkdir shared; chgrp 100 shared; chmod 2775 shared");
        const string Shared = "cd shared; umask 022; ";
        Run(Shared + "as 65534 100 $TASKLOCK task new A > /dev/null; as 65534 100 $TASKLOCK lock A -- true");
        Assert.Equal(0,
            Run(Shared
                + "as 4711 100 $TASKLOCK task new B && as 4711 100 $TASKLOCK lock A -- true && as 4711 100 $TASKLOCK sync && as 65534 " +
                    "100 $TASKLOCK task set B --name x").ExitCode);
        Assert.Contains("group", Run(Shared + "as 4711 100 $TASKLOCK check | grep Owner").Output, StringComparison.Ordinal);
        // Who is not in the group is another user like any other.
        Run(Shared + "as 4711 4711 $TASKLOCK --json task get").Refusal("UntrustedStore", 7);
    }

    [Fact]
    public void A_link_of_another_user_does_not_choose_among_ones_own_stores()
    {
        Run("mkdir private; cd private; $TASKLOCK task new secret > /dev/null; cd ..; ln -s private/.todo2 .todo2; chown -h 65534 .todo2");
        Run(Sub + "exec $TASKLOCK --json task new mine").Refusal("UntrustedStore", 7);
        Run("chown -h 0 .todo2");
        Assert.Contains("secret", Run(Sub + "exec $TASKLOCK task get --json").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dangling")]
    [InlineData("loop")]
    [InlineData("fifo")]
    [InlineData("file")]
    public void What_is_no_store_does_not_have_the_one_above_used_instead(string kind)
    {
        _place.With("above");
        var below = Directory.CreateDirectory(Path.Combine(_place.Folder, "sub")).FullName;
        var outside = new OutsideFolder(Path.Combine(_place.Folder, "outside"));
        StrangeThing.Put(kind, Path.Combine(below, ".todo2"), outside.Path);
        outside.Remember();
        Run("cd sub; exec $TASKLOCK --json task new N").Refusal("UnsafeFile", 10);
        outside.AssertUntouched();
    }

    [Fact]
    public void The_self_test_says_whose_the_store_is()
    {
        Run("as 65534 65534 $TASKLOCK task new theirs > /dev/null");
        Assert.Contains("not to you", Run("$TASKLOCK check --workspace . | grep Owner").Output, StringComparison.Ordinal);
        Assert.Contains("you", Run("as 65534 65534 $TASKLOCK check | grep Owner").Output, StringComparison.Ordinal);
    }

    private TasklockAnswer Run(string script, params string[] args) => _place.RunScript("unset SUDO_UID; " + As + "\n" + script, args);
}
