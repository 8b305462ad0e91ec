using System;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.PostgreSql;
using TaskLocking.StoreContract;
using Xunit;

namespace TaskLocking.Tests.Contract;

public sealed class EnrolmentTests
{
    private static readonly Type[] Own = typeof(EnrolmentTests).Assembly.GetTypes();

    [Fact]
    public void The_board_is_enrolled_in_every_contract_as_it_is_and_one_shot()
    {
        var contracts = typeof(StorePlace).Assembly.GetTypes().Where(type =>
            type is { IsAbstract: true, IsGenericTypeDefinition: true, BaseType: { IsGenericType: true } parent }
            && parent.GetGenericTypeDefinition() == typeof(Contract<>)).ToList();
        Assert.True(contracts.Count >= 10);
        foreach (var place in new[] { typeof(PostgresPlace), typeof(OneShot<PostgresPlace>) })
            Assert.All(contracts, contract => Assert.Contains(Own, type => type.BaseType == contract.MakeGenericType(place)));
    }

    [Fact]
    public void There_is_no_other_log()
    {
        var logs = typeof(PostgresLog).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(ICommitLog)));
        Assert.Equal([typeof(PostgresLog)], logs);
    }
}
