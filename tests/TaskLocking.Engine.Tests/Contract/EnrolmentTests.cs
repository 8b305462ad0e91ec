using System;
using System.Linq;
using TaskLocking.StoreContract;
using Xunit;

namespace TaskLocking.Tests.Contract;

public sealed class EnrolmentTests
{
    private static readonly Type[] Own = typeof(EnrolmentTests).Assembly.GetTypes();

    [Fact]
    public void Every_store_is_enrolled_in_every_contract()
    {
        var contracts = typeof(StorePlace).Assembly.GetTypes().Where(IsContract).ToList();
        var places = Own.Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(StorePlace))).ToList();
        Assert.True(contracts.Count >= 5);
        Assert.NotEmpty(places);
        foreach (var place in places)
            Assert.All(contracts, contract => Assert.Contains(Own, type => IsEnrolled(type, contract, place)));
    }

    private static bool IsContract(Type type) =>
        type is { IsAbstract: true, IsGenericTypeDefinition: true, BaseType: { IsGenericType: true } parent }
            && parent.GetGenericTypeDefinition() == typeof(Contract<>);

    private static bool IsEnrolled(Type type, Type contract, Type place) =>
        type is { IsAbstract: false, BaseType.IsGenericType: true } && type.BaseType == contract.MakeGenericType(place);
}
