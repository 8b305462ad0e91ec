using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>The blocks of a list of todos and of its copies, against plain lists.</summary>
public sealed class TodoListTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_list_and_its_copies_each_hold_what_was_put_into_them(int seed)
    {
        var random = new Random(seed);
        var lists = new List<(TodoList Blocks, List<TodoEntry> Plain)> { (new TodoList(), []) };
        for (var step = 0; step < 6_000; step++)
        {
            var (blocks, plain) = lists[random.Next(lists.Count)];
            switch (random.Next(1_000))
            {
                case < 5 when lists.Count < 8:
                    lists.Add((blocks.Copy(), [.. plain]));
                    break;
                case < 50 when plain.Count > 0:
                    var gone = random.Next(plain.Count);
                    blocks.RemoveAt(gone);
                    plain.RemoveAt(gone);
                    break;
                case < 350 when plain.Count > 0:
                    var place = random.Next(plain.Count);
                    blocks[place] = plain[place] = Todo(step);
                    break;
                default:
                    // Several at once, so that there is more than one block.
                    for (var i = random.Next(4); i >= 0; i--)
                    {
                        plain.Add(Todo(step));
                        blocks.Add(plain[^1]);
                    }
                    break;
            }
        }

        Assert.Contains(lists, list => list.Plain.Count > 1_024);
        Assert.All(lists, list => Assert.Equal(list.Plain, list.Blocks));
        Assert.All(lists, list => Assert.Equal(list.Plain, Enumerable.Range(0, list.Blocks.Count).Select(place => list.Blocks[place])));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(600)]
    public void There_is_nothing_beside_it(int place)
    {
        var list = new TodoList { Todo(0) };
        Assert.Throws<ArgumentOutOfRangeException>(() => list[place]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[place] = Todo(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.RemoveAt(place));
    }

    private static TodoEntry Todo(int number) => new($"T-{number}", Encoding.UTF8.GetBytes($$"""{"id":"T-{{number}}"}"""));
}
