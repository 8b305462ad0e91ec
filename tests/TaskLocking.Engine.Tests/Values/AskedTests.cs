using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Values;

/// <summary>A request says what it said when it was made, and the board does what was asked when it was asked.</summary>
public sealed class AskedTests
{
    public static TheoryData<Type, string> Lists
    {
        get
        {
            var asked = typeof(TaskBoard).GetMethods().SelectMany(method => method.GetParameters())
                .SelectMany(parameter => OutputTypes.Parts(parameter.ParameterType)).Distinct()
                .Where(type => type != typeof(AgentTask)); // is handed out, and has no constructor for anybody else
            return [.. asked.SelectMany(type => type.GetProperties())
                .Where(property => property.PropertyType == typeof(IReadOnlyList<string>))
                    .Select(property => (property.DeclaringType!, property.Name))];
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_in_a_request_is_a_copy(Type type, string name)
    {
        var given = new[] { "given" };
        var request = Make(type, given);
        var property = type.GetProperty(name)!;
        if (property.CanWrite)
            property.SetValue(request, given);
        given[0] = "changed";
        Assert.Equal(["given"], (IReadOnlyList<string>)property.GetValue(request)!);
    }

    [Fact]
    public void What_a_request_becomes_while_it_waits_is_not_heard()
    {
        using var place = new TempWorkspace(inMemory: true);
        using var board = place.Open();
        board.Define([new TaskDefinition("T-1"), new TaskDefinition("T-2")]);
        using var other = TaskBoard.Open(place.Path, new TaskBoardOptions { Session = new LockSession() });
        using var hold = other.Hold(["T-1"]);
        var edits = new List<TaskEdit> { new("T-1") { Name = "asked" }, new("T-2") { Name = "asked" } };
        var first = edits[0];
        CommitOptions? options = null;
        options = new CommitOptions { By = "me", OnWait = _ => Change() };

        var outcomes = board.Edit(edits, options, TestContext.Current.CancellationToken);

        Assert.Equal("other", first.Name);
        Assert.All(outcomes, outcome => Assert.Equal("asked", outcome.Task!.Name));
        Assert.Equal(["T-1", "T-2"], outcomes.Select(outcome => outcome.Id));
        Assert.Equal("me", board.GetHistory("T-1")[^1].By);

        // As a shell does, to which init is set. What was decided already does not hold any more.
        void Change()
        {
            other.Edit([new TaskEdit("T-1") { Content = "new" }], cancellationToken: TestContext.Current.CancellationToken);
            typeof(TaskEdit).GetProperty(nameof(TaskEdit.Name))!.SetValue(first, "other");
            typeof(CommitOptions).GetProperty(nameof(CommitOptions.By))!.SetValue(options, "somebody else");
            edits.RemoveAt(1);
            hold.Dispose();
        }
    }

    [Fact]
    public void How_a_board_was_opened_stays()
    {
        using var place = new TempWorkspace(inMemory: true);
        var options = new TaskBoardOptions { Clock = new StoppedClock(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)) };
        using var board = TaskBoard.Open(place.Path, options);
        typeof(TaskBoardOptions).GetProperty(nameof(TaskBoardOptions.Clock))!.SetValue(
            options, new StoppedClock(new DateTimeOffset(2002, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(2001, Assert.Single(board.Define([new TaskDefinition("T-1")])).Task!.Created!.Value.Year);
    }

    private static object Make(Type type, string[] list)
    {
        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType switch
        {
            var text when text == typeof(string) => "x",
            var texts when texts == typeof(IReadOnlyList<string>) => list,
            var number when number.IsValueType && Nullable.GetUnderlyingType(number) is null => Activator.CreateInstance(number),
            _ => null,
        })]);
    }
}
