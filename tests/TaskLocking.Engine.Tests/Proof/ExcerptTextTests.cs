using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using TaskLocking.Proof;
using Xunit;

namespace TaskLocking.Tests.Proof;

public sealed class ExcerptTextTests
{
    private static readonly long Millisecond = Stopwatch.Frequency / 1000;

    [Fact]
    public void An_excerpt_is_a_table_that_can_be_read()
    {
        var claim = new Operation("w10", 3, OperationKind.Claim, "C1", 5000 * Millisecond, 5012 * Millisecond,
            OperationAnswer.Done)
        { Agent = "ann", Token = 41 };
        var text = ExcerptText.Of(
        [
            new Operation("w2", 12, OperationKind.Complete, "C1", 5020 * Millisecond, null, OperationAnswer.None) { Agent = "ben",
                Token = 40 },
            new Operation("w2", 11, OperationKind.Assign, "A1", 5015 * Millisecond, 5016 * Millisecond,
                OperationAnswer.Refused) { Agent = "ben", Refusal = RefusalCode.TaskAlreadyAssigned, Owner = "cid" },
            claim,
        ]);
        Assert.Equal("""
            from ms   to ms  who    what                    answer
              0.000  12.000  w10#3  claim C1 for ann        done, #41
             15.000  16.000  w2#11  assign A1 to ben        TaskAlreadyAssigned, cid has it
             20.000       -  w2#12  complete C1 as ben #40  none: it was killed

            """, text);
        Assert.Equal("", ExcerptText.Of([]));
    }

    [Fact]
    public void Of_two_owners_the_excerpt_has_the_two_assignments_alone()
    {
        Operation At(int start, OperationKind kind, string? agent) =>
            new("w" + start, 1, kind, "A1", start, start + 5, OperationAnswer.Done) { Agent = agent };
        List<Operation> operations =
        [
            At(0, OperationKind.Define, null), At(10, OperationKind.Assign, "ann"), At(20, OperationKind.Unassign, "ann"),
                At(30, OperationKind.Assign, "ben"),
            At(40, OperationKind.Assign, "cid"), At(50, OperationKind.Unassign, "cid"), At(60, OperationKind.Read, null),
        ];
        var violation = Assert.Single(new LinearizabilityChecker().Check(operations));
        Assert.Equal(["ben", "cid"], violation.Excerpt.Select(operation => operation.Agent));
    }
}
