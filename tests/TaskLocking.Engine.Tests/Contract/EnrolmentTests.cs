using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.StoreContract;
using Xunit;

namespace TaskLocking.Tests.Contract;

public sealed class EnrolmentTests
{
    private static readonly Type[] Own = typeof(EnrolmentTests).Assembly.GetTypes();

    private static readonly List<Type> Places =
        [.. Own.Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(StorePlace)))];

    [Fact]
    public void Every_place_is_enrolled_in_every_contract_as_it_is_and_one_shot()
    {
        var contracts = typeof(StorePlace).Assembly.GetTypes().Where(IsContract).ToList();
        Assert.True(contracts.Count >= 10);
        Assert.NotEmpty(Places);
        foreach (var place in Places.SelectMany(place => new[] { place, typeof(OneShot<>).MakeGenericType(place) }))
            Assert.All(contracts, contract => Assert.Contains(Own, type => IsEnrolled(type, contract, place)));
    }

    [Fact]
    public void Every_log_has_a_place()
    {
        var logs = typeof(ICommitLog).Assembly.GetTypes().Concat(Own)
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(ICommitLog))).ToList();
        Assert.True(logs.Count >= 2);
        var enrolled = Places.ConvertAll(LogOf);
        Assert.All(logs, log => Assert.Contains(log, enrolled));
    }

    [Fact]
    public void What_every_store_does_stands_in_one()
    {
        // Whoever writes the loop anew has a second one that differs.
        var stores = typeof(ITaskStore).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(ITaskStore)) && !type.IsAssignableTo(typeof(Committer)));
        Assert.Empty(stores);
    }

    private static Type LogOf(Type place)
    {
        using var made = (StorePlace)Activator.CreateInstance(place)!;
        return made.Log;
    }

    private static bool IsContract(Type type) =>
        type is { IsAbstract: true, IsGenericTypeDefinition: true, BaseType: { IsGenericType: true } parent }
            && parent.GetGenericTypeDefinition() == typeof(Contract<>);

    private static bool IsEnrolled(Type type, Type contract, Type place) =>
        type is { IsAbstract: false, BaseType.IsGenericType: true } && type.BaseType == contract.MakeGenericType(place);
}
