using System;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>Agents in worktrees that git itself made, by the commands as they have them.</summary>
public sealed class WorktreeTests : IDisposable
{
    private const string Tools = """
        export GIT_CONFIG_NOSYSTEM=1 HOME=$PWD
        git() {
            command git -c user.name=n -c user.email=e@example.org -c init.defaultBranch=main \
                -c protocol.file.allow=always "$@" >/dev/null 2>&1
        }
        says() { "$TASKLOCK" "$@" --json >out 2>error && echo "$1: ok" ||
            echo "$1: $? $(grep -o '"code":"[A-Za-z]*"' error | cut -d'"' -f4)"; }
        quiet() { "$TASKLOCK" "$@" >/dev/null; }
        # Who got A.
        got() { grep -q '"A"' out && echo "$1 got it" || echo "$1 got nothing"; }
        top=$PWD

        """;

    private readonly CliWorkspace _place = new();

    public WorktreeTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The scripts are bash, and git is there.");

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(".trees/one", ".trees/two")]
    [InlineData("../one", "../two")]
    [InlineData("../deep/down/one", ".two")]
    public void Two_worktrees_and_one_task_have_one_owner(string one, string two) => Says($$"""
        mkdir main; cd main; git init -q; quiet task new A; git add -A; git commit -qm x
        git worktree add -q {{one}} -b w1; git worktree add -q {{two}} -b w2
        (cd {{one}}; "$TASKLOCK" next --agent one --json >out; got one)
        (cd {{two}}; "$TASKLOCK" next --agent two --json >out 2>/dev/null; got two)
        (cd {{two}}; says assign A --to two; says task new A)
        (cd {{one}}; says start A --agent one; says complete A --agent one)
        "$TASKLOCK" task get A --json | grep -o '"status": "Done"'
        # The copies are as they were checked out.
        (cd {{two}}; rm -f out error; command git status --porcelain; "$TASKLOCK" check | grep -c 'is a copy of its document')
        """, "one got it", "two got nothing", "assign: 3 TaskAlreadyAssigned", "task: 3 TaskAlreadyDefined", "start: ok", "complete: ok",
            "\"status\": \"Done\"", "1");

    [Fact]
    public void The_worktrees_of_a_bare_repository_meet_too() => Says("""
        mkdir main; cd main; git init -q; echo x >f; git add -A; git commit -qm x; cd ..
        git clone -q --bare main bare.git; cd bare.git; git worktree add -q ../one -b w1; git worktree add -q ../two -b w2; cd ..
        (cd one; says task new A; "$TASKLOCK" next --agent one --json >out; got one)
        (cd two; "$TASKLOCK" next --agent two --json >out 2>/dev/null; got two)
        ls -d bare.git/.todo2 one/.todo2 two/.todo2 2>/dev/null
        """, "task: ok", "one got it", "two got nothing", "bare.git/.todo2");

    [Fact]
    public void A_submodule_and_a_clone_inside_have_boards_of_their_own() => Says("""
        mkdir lib super; (cd lib; git init -q; echo x >f; git add -A; git commit -qm x)
        cd super; git init -q; quiet task new A; git submodule add -q ../lib sub; git clone -q ../lib inner
        (cd sub; says task new A); (cd inner; says task new A)
        (cd sub; git worktree add -q ../../sub-tree -b w); (cd ../sub-tree; says task new A; says task new B)
        cd sub; "$TASKLOCK" task get --json | grep -c '"id": "[AB]"'
        """, "task: ok", "task: ok", "task: 3 TaskAlreadyDefined", "task: ok", "2");

    [Fact]
    public void A_hook_of_a_worktree_means_its_board() => Says("""
        mkdir main; cd main; git init -q; quiet task new A; echo x >f; git add -A; git commit -qm x; git worktree add -q ../one -b w1
        printf '#!/bin/sh\n"$TASKLOCK" task new "hook-$(basename "$PWD")" >>"%s/log" 2>&1\n' "$top" >.git/hooks/pre-commit
        chmod +x .git/hooks/pre-commit
        cd ../one; echo y >f; git commit -qam y; cd ../main; echo z >f; git commit -qam z
        "$TASKLOCK" task get --json | grep -o '"id": "[^"]*"'
        """, "\"id\": \"A\"", "\"id\": \"hook-one\"", "\"id\": \"hook-main\"");

    [Fact]
    public void A_file_in_two_worktrees_is_one_lease() => Says("""
        mkdir main; cd main; git init -q; mkdir src; echo x >src/a.cs; quiet task new A; git add -A; git commit -qm x
        git worktree add -q ../one -b w1
        says file lock "$top/one/src/a.cs" --agent one
        says file lock "$top/main/src/a.cs" --agent two
        says file lock "$top/one/src/*.cs" --agent two
        says file lock "$top/one/src/b.cs" --agent two
        "$TASKLOCK" file list --json | grep -o '"path":"[^"]*"'
        """, "file: ok", "file: 3 FileLocked", "file: 3 FileLocked", "file: ok", "\"path\":\"src/a.cs\"", "\"path\":\"src/b.cs\"");

    [Fact]
    public void A_file_of_one_worktree_alone_is_a_lease_of_its_own() => Says("""
        mkdir main; cd main; git init -q; mkdir src; echo x >src/a.cs; quiet task new A; git add -A; git commit -qm x
        git worktree add -q ../one -b w1; git worktree add -q .trees/two -b w2
        (cd ../one; says file lock src/a.cs --agent one --scope worktree; grep -o '"worktree":"[^"]*"' out)
        (cd ../one; says file lock 'src/**' --agent two --scope worktree; grep -o 'in the worktree ../one' error)
        (cd .trees/two; says file lock 'src/*.cs' --agent two --scope Worktree; grep -o '"worktree":"[^"]*"' out)
        says file lock src --agent three --scope worktree; grep -o '"worktree":"[^"]*"' out
        # All trees, or one more lease of the same tree: somebody is in the way.
        says file lock src/a.cs --agent four; says file test '**' --agent four --scope worktree
        (cd .trees/two; says file test src/b.cs --agent four --scope worktree)
        # It is renewed beside the others, and freed alone.
        (cd ../one; says file lock src/a.cs --agent one --scope worktree)
        "$TASKLOCK" file list --json | grep -o '"path":"src' | wc -l
        says file unlock src/a.cs --agent one --scope worktree; (cd ../one; says file unlock src/a.cs --agent one --scope worktree)
        "$TASKLOCK" file list --json | grep -o '"worktree":"[^"]*"'
        """, "file: ok", "\"worktree\":\"../one\"", "file: 3 FileLocked", "in the worktree ../one",
            "file: ok", "\"worktree\":\".trees/two\"", "file: ok", "\"worktree\":\".\"", "file: 3 FileLocked", "file: 3 ", "file: 3 ",
            "file: ok", "3", "file: ok", "file: ok", "\"worktree\":\".\"", "\"worktree\":\".trees/two\"");

    [Fact]
    public void A_lease_for_all_trees_stands_in_the_way_of_one() => Says("""
        mkdir main; cd main; git init -q; mkdir src; echo x >src/a.cs; quiet task new A --file src/a.cs; git add -A; git commit -qm x
        git worktree add -q ../one -b w1; says next --agent two
        (cd ../one; says file lock src/a.cs --agent one --scope worktree)
        says file lock src/b.cs ../one/src/c.cs --agent one --scope worktree
        says file lock ../elsewhere --agent one --scope worktree; says file lock src/b.cs --agent one --scope tree
        says file unlock --all --agent one --scope worktree
        mkdir ../plain; cd ../plain; quiet task new A; says file lock a --agent one --scope worktree
        """, "next: ok", "file: 3 FileLocked", "file: 2 InvalidArgument", "file: 2 InvalidArgument", "file: 2 InvalidArgument",
            "file: 2 InvalidArgument", "file: 2 InvalidArgument");

    [Fact]
    public void Topics_are_made_in_the_tree_that_asks() => Says("""
        mkdir main; cd main; git init -q; mkdir specs; echo x >specs/f; git add -A; git commit -qm x; git worktree add -q ../one -b w1
        cd ../one; "$TASKLOCK" topic new first | grep -o 'one/specs/001_first'
        """, "one/specs/001_first");

    [Fact]
    public void A_living_store_of_a_worktree_is_refused_and_merged() => Says("""
        mkdir main; cd main; git init -q; quiet task new A --name main; git add -A; git commit -qm x; git worktree add -q ../one -b w1
        cd ../one
        quiet task new B --workspace .; quiet task set A --name tree --workspace .; quiet next --agent x --workspace .
        says task get
        grep -o "'$top/main'" error | head -n 1
        quiet sync --workspace . --into ../main
        says task get
        grep -o '"name": "[a-zA-Z]*"' out
        grep -ho '"name": "tree"' ../main/.todo2/aside/*merged.json
        ls -d .todo2/journal 2>/dev/null || echo retired
        """, "task: 10 SeparateStore", "'TOP/main'", "task: ok", "\"name\": \"main\"", "\"name\": \"B\"", "\"name\": \"tree\"", "retired");

    [Fact]
    public void A_worktree_whose_repository_was_moved_is_no_board_of_its_own() => Says("""
        mkdir main; cd main; git init -q; quiet task new A; git add -A; git commit -qm x; git worktree add -q ../one -b w1; cd ..
        mv main moved; cd one; says next --agent one
        cd ../moved; git worktree repair ../one; cd ../one; says next --agent one
        """, "next: 10 StoreUnavailable", "next: ok");

    [Fact]
    public void A_store_that_git_cleaned_away_is_told_and_its_tokens_count_no_longer() => Says("""
        mkdir main; cd main; git init -q; quiet task new A; "$TASKLOCK" next --agent x --json >../out
        old=$(grep -o '"token":[0-9]*' ../out)
        git clean -fdxq; ls -d .todo2 2>/dev/null || echo cleaned
        "$TASKLOCK" task new A 2>../error >/dev/null; grep -c 'git clean' ../error
        "$TASKLOCK" task new B 2>&1 >/dev/null | grep -c 'git clean' || :
        "$TASKLOCK" next --agent x --json >../out; [ "$old" != "$(grep -o '"token":[0-9]*' ../out)" ] && echo other token
        says complete A --agent x --token "${old#*:}"
        # A part of the repository has a board, and a guard, of its own; what is begun for the first time is told nothing.
        mkdir -p part/.todo2; cd part; "$TASKLOCK" task new A 2>&1; cd ..; git worktree add -q ../one -b w1 2>/dev/null || :
        """, "cleaned", "1", "0", "other token", "complete: 8 LeaseLost", "Task A defined");

    [Fact]
    public void Two_branches_that_each_add_a_task_merge_without_a_conflict() => Says("""
        mkdir main; cd main; git init -q; git config merge.tasklock.driver "'$TASKLOCK' merge-driver %O %A %B"
        echo '**/.todo2/state.todo2.json merge=tasklock' >.gitattributes
        quiet task new A; git add -A; git commit -qm base
        git checkout -q -b side; quiet task new B; quiet next --agent x; git commit -qam side; cp .todo2/state.todo2.json "$top/side"
        # A clone has a board of its own, and work of its own.
        git clone -q . ../clone; cd ../clone; git config merge.tasklock.driver "'$TASKLOCK' merge-driver %O %A %B"
        git checkout -q -b other origin/main; quiet task new C; git commit -qam other
        git merge origin/side && echo merged
        "$TASKLOCK" task get --json | grep -o '"id": "[^"]*"' | sort
        "$TASKLOCK" task get A --json | grep -c '"claim":' || :
        """, "merged", "\"id\": \"A\"", "\"id\": \"B\"", "\"id\": \"C\"", "0");

    [Fact]
    public void The_merge_driver_reads_nothing_that_has_no_end() => Says("""
        echo '{"todos":[]}' >whole; mkfifo pipe; truncate -s 2G long; ln -s /dev/zero zero
        for each in pipe long zero gone; do
          code=0; timeout 20 "$TASKLOCK" merge-driver whole whole $each >/dev/null 2>&1 || code=$?; echo "$each: $code"
        done
        "$TASKLOCK" merge-driver whole whole whole && cat whole
        """, "pipe: 2", "long: 2", "zero: 2", "gone: 10", "{\"todos\":[]}");

    private void Says(string script, params string[] lines)
    {
        var answer = _place.RunScript(Tools + script);
        Assert.True(string.Join('\n', lines) + "\n" == answer.Output.Replace(_place.Folder, "TOP", StringComparison.Ordinal), answer.Output
            + answer.Error);
    }
}
