using System;
using TaskLocking.PostgreSql;
using Xunit;

namespace TaskLocking.Tests.Server;

public sealed class AddressTests
{
    [Theory]
    [InlineData("postgres://u@h/d")]
    [InlineData("postgres://u@h/d/b/c")]
    [InlineData("postgres:///d/b")]
    [InlineData("mysql://u@h/d/b")]
    [InlineData("postgres://u@h/d/b?schema=A")]
    [InlineData("postgres://u@h/d/b?schema=a;drop")]
    [InlineData("postgres://u@h/d/b?what=1")]
    [InlineData("postgres://u@h/d/b?sslmode=perhaps")]
    public void What_is_no_address_is_refused_with_one_that_is(string text)
    {
        var refusal = Assert.Throws<TaskLockingException>(() => ServerAddress.Parse(text)).Refusal;
        Assert.Equal(RefusalCode.InvalidArgument, refusal.Code);
        Assert.Contains("postgres://user@host/database/board", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://u:secret@h/d/b")]
    [InlineData("postgres://u:@h/d/b")]
    public void A_password_is_refused_and_not_repeated(string text)
    {
        var refusal = Assert.Throws<TaskLockingException>(() => ServerAddress.Parse(text)).Refusal;
        Assert.Equal(RefusalCode.InvalidArgument, refusal.Code);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(".pgpass", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_parts_are_what_they_say()
    {
        var address = ServerAddress.Parse("postgresql://an_agent@db.example:6432/boards/the%20team?schema=s_1&sslmode=verify-full");
        Assert.Equal(("boards", "the team", "s_1"), (address.Database, address.Board, address.Schema));
        foreach (var part in new[] { "Host=db.example", "Port=6432", "Username=an_agent", "SSL Mode=VerifyFull", "Max Auto Prepare=0" })
            Assert.Contains(part, address.Connection, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Username=me;Database=d;Host=/run/pg;",
            ServerAddress.Parse("postgres:///d/b?host=/run/pg&user=me").Connection, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_is_that_of_the_database()
    {
        var clock = new ServerClock(TimeProvider.System);
        var now = DateTimeOffset.UtcNow;
        clock.Told(now.UtcDateTime.AddDays(-1), now);
        Assert.InRange((clock.GetUtcNow() - now).TotalHours, -24.1, -23.9);
        clock.Told(now.UtcDateTime.AddDays(2), now);
        Assert.InRange((clock.GetUtcNow() - now).TotalHours, 47.9, 48.1);
        // An answer that took a minute corrects only what it contradicts.
        clock.Told(now.UtcDateTime.AddDays(2), now.AddMinutes(-1));
        Assert.InRange((clock.GetUtcNow() - now).TotalSeconds, 172_800 - 10, 172_800 + 10);
        clock.Told(now.UtcDateTime, now.AddMinutes(-1));
        Assert.InRange((clock.GetUtcNow() - now).TotalSeconds, -10, 70);
    }
}
