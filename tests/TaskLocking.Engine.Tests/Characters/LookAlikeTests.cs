using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Characters;
using Xunit;

namespace TaskLocking.Tests.Characters;

public sealed class LookAlikeTests
{
    [Theory]
    [InlineData("T-1", "t-1")]
    [InlineData("T-1", "T\u20111")] // a hyphen that does not break
    [InlineData("T-1", "T\u20131")] // an en dash
    [InlineData("T-1", "T\u22121")] // a minus
    [InlineData("T-1", "\uff34\uff0d\uff11")] // full width
    [InlineData("T-1", "T-\u200b1")]
    [InlineData("T-1", "\ufeffT-1")]
    [InlineData("T-1", "T-1\u3164")]
    [InlineData("T-1", "T-\ufe0f1")]
    [InlineData("T-1", "Т-1")] // Cyrillic
    [InlineData("T-1", "Τ-1")] // Greek
    [InlineData("a b", "a\u00a0b")]
    [InlineData("a b", "a\u3000b")]
    [InlineData("it's", "it\u2019s")]
    [InlineData("a/b", "a\u2044b")]
    [InlineData("file", "\ufb01le")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("Ärger", "ärger")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("k", "\u212a")]
    [InlineData("\ud55c", "\u1112\u1161\u11ab")]
    [InlineData("x2", "x²")]
    [InlineData("A", "𝐀")]
    [InlineData("scope", "ѕсоре")]
    [InlineData("ACE", "ᎪᏟᎬ")] // Cherokee
    [InlineData("ace", "\uab7a\uabaf\uab7c")] // Cherokee, small
    [InlineData("BOB", "ꓐꓳꓐ")] // Lisu
    [InlineData("soul", "ѕօսl")] // Armenian among others
    [InlineData("go", "ɡⲟ")] // a phonetic letter, and a Coptic one
    [InlineData("bob", "b\u0585b")]
    [InlineData("bob", "b\u05e1b")] // Hebrew
    [InlineData("o2", "\U0001042c2")] // Deseret
    [InlineData("rm", "r\u217f")]
    public void One_to_the_eye(string one, string other)
    {
        Assert.True(LookAlike.Comparer.Equals(one, other));
        Assert.True(LookAlike.Comparer.Equals(other, one));
        Assert.Equal(LookAlike.Comparer.GetHashCode(one), LookAlike.Comparer.GetHashCode(other));
        Assert.Equal(LookAlike.Fold(one), LookAlike.Fold(other));
    }

    [Theory]
    [InlineData("T-1", "T-2")]
    [InlineData("T-1", "T_1")]
    [InlineData("T-1", "T-1 b")]
    [InlineData("T-O", "T-0")] // as good as every font tells them apart
    [InlineData("e", "é")]
    [InlineData("задача", "задачи")]
    [InlineData("日本", "日木")]
    [InlineData("דו", "דן")]
    [InlineData("באס", "בוס")]
    [InlineData("ᓄᓇᕗᑦ", "ᓄᓇᕕᒃ")]
    [InlineData("", "a")]
    public void Two_to_the_eye(string one, string other)
    {
        Assert.False(LookAlike.Comparer.Equals(one, other));
        Assert.NotEqual(LookAlike.Fold(one), LookAlike.Fold(other));
    }

    [Fact]
    public void Of_names_the_one_that_is_there_stands_before_those_that_look_like_it()
    {
        Assert.Equal("Bob", LookAlike.FindIn(["alice", "Bob", "BOB"], "bob"));
        Assert.Null(LookAlike.FindIn(["Bob", "bob"], "bob"));
        Assert.Null(LookAlike.FindIn(["alice"], "bob"));
    }

    [Fact]
    public void The_index_answers_as_a_look_at_all_names_would()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] all = ["a", "A", "а", "b", "B", "ß", "ss", "SS", "c-d", "c\u2011d", "C-D"];
        for (var round = 0; round < 200; round++)
        {
            var names = all.Where(_ => random.Next(2) == 0).ToList();
            var index = new LikeIndex(names);
            for (var step = 0; step < 20; step++)
            {
                var name = all[random.Next(all.Length)];
                if (names.Remove(name))
                    index.Remove(name, names);
                else
                    Add(name);
                foreach (var asked in all)
                {
                    var isThere = index.Find(asked) is { } found && names.Contains(found) && LookAlike.Comparer.Equals(found, asked);
                    Assert.Equal(names.Exists(other => LookAlike.Comparer.Equals(other, asked)), isThere);
                }
            }

            void Add(string name)
            {
                names.Add(name);
                index.Add(name);
            }
        }
    }

    [Fact]
    public void Names_are_counted_and_the_exact_one_is_no_look_alike()
    {
        var counts = new NameCounts();
        counts.Add("Nightly");
        counts.Add("Nightly");
        Assert.Equal("Nightly", counts.FindLike("nightly"));
        Assert.Null(counts.FindLike("Nightly"));
        counts.Remove("Nightly");
        Assert.True(counts.Contains("Nightly"));
        counts.Remove("Nightly");
        Assert.Null(counts.FindLike("nightly"));
        Assert.False(counts.Contains("Nightly"));
    }
}
