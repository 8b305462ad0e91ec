using System;
using System.IO;
using System.Linq;
using TaskLocking.Proof;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Proof;

public sealed class StressStoreTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_another_tool_wrote_is_adopted_and_the_rest_stays_byte_for_byte(bool rewritesAll)
    {
        using var place = new TempWorkspace();
        var store = Begun(place);
        for (var number = 0; number < 3; number++)
        {
            Assert.True(store.Rewrite(rewritesAll));
            Commit(place, "T-" + number);
        }
        Assert.Empty(Check(place, store));
    }

    [Fact]
    public void A_damaged_document_is_written_anew()
    {
        using var place = new TempWorkspace();
        var store = Begun(place);
        for (var seed = 0; seed < 12; seed++)
        {
            Assert.True(store.Damage(new Random(seed)));
            Commit(place, "T-" + seed);
            Assert.Empty(Check(place, store));
        }
    }

    [Fact]
    public void A_document_that_somebody_changed_is_not_damaged_before_that_is_adopted()
    {
        using var place = new TempWorkspace();
        var store = Begun(place);
        Assert.True(store.Rewrite(rewritesAll: true));
        Assert.False(store.Damage(new Random(1)));
    }

    [Fact]
    public void A_touched_todo_and_a_lost_foreign_change_are_found()
    {
        using var place = new TempWorkspace();
        var store = Begun(place);
        using (var board = place.Open(oneShot: true))
            Assert.Null(board.Edit([new TaskEdit("untouched-03") { Name = "other" }])[0].Refusal);
        Assert.True(store.Rewrite(rewritesAll: false));
        File.WriteAllText(place.Document, File.ReadAllText(place.Document)
            .Replace("\"x_stress\":1", "\"x_stress\":0", StringComparison.Ordinal));
        Assert.Equal([(ViolationKind.Lost, "untouched-03"), (ViolationKind.Lost, "foreign")], Check(place, store)
            .Select(violation => (violation.Kind, violation.Subject)));
    }

    private static StressStore Begun(TempWorkspace place)
    {
        var store = new StressStore(place.Path);
        store.Begin();
        Commit(place, "first");
        return store;
    }

    private static void Commit(TempWorkspace place, string id)
    {
        using var board = place.Open(oneShot: true);
        Assert.Null(board.Define([new TaskDefinition(id)])[0].Refusal);
    }

    private static Violation[] Check(TempWorkspace place, StressStore store)
    {
        using var board = place.Open(oneShot: true);
        board.Sync();
        return [.. store.Check(board)];
    }
}
