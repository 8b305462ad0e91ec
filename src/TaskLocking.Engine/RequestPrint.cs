using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// What a request asks for, as a number by which the same one is known again. From which process it comes does not count: who sends it
/// again may be another. Nor does the version that the task was to have: the one who asks again has no other, and the task has.
/// </summary>
internal static class RequestPrint
{
    public static string Of(string verb, IEnumerable<TaskDefinition> asked) => Print(verb, asked.Cast<object>());

    public static string Of(string verb, IEnumerable<TaskEdit> asked) =>
        Print(verb, asked.Select(each => (object)(each with { Proof = null })));

    public static string Of(string verb, IEnumerable<DependencyEdit> asked) => Print(verb, asked.Cast<object>());

    public static string Of(string verb, IEnumerable<RestartRequest> asked) =>
        Print(verb, asked.Select(each => (object)(each with { IfVersion = null })));

    public static string Of(string verb, IEnumerable<RejectRequest> asked) =>
        Print(verb, asked.Select(each => (object)(each with { IfVersion = null })));

    public static string Of(string verb, IEnumerable<NoteRequest> asked) => Print(verb, asked.Cast<object>());

    public static string Of(string verb, IEnumerable<StartRequest> asked) =>
        Print(verb, asked.Select(each => (object)(each with { Holder = Plain(each.Holder) })));

    public static string Of(string verb, IEnumerable<CompleteRequest> asked) =>
        Print(verb, asked.Select(each => (object)(each with { Callers = [] })));

    public static string Of(string verb, IEnumerable<FailRequest> asked) =>
        Print(verb, asked.Select(each => (object)(each with { Callers = [] })));

    public static string Of(string verb, IEnumerable<RenewRequest> asked) =>
        Print(verb, asked.Select(each => (object)(each with { Callers = [], Host = null, Pid = null, ProcessStart = null })));

    public static string Of(string verb, TaskRequest asked) => Print(verb, [asked with { Holder = Plain(asked.Holder) }]);

    public static string Of(string verb, IEnumerable<CompleteRequest> asked, TaskRequest next) =>
        Print(verb, asked.Select(each => (object)(each with { Callers = [] })).Append(next with { Holder = Plain(next.Holder) }));

    public static string Of(string verb, AssignmentRequest asked) => Print(verb, [asked with { IfVersion = null }]);

    public static string Of(string verb, UnassignmentRequest asked) =>
        Print(verb, [asked with { Proof = null, IfVersion = null }]);

    private static LeaseHolder Plain(LeaseHolder holder) => new(holder.Agent) { Type = holder.Type };

    // A record writes all that it has, times and numbers as the culture does.
    private static string Print(string verb, IEnumerable<object> asked)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return TextHash.Of(verb + "\n" + string.Join("\n", asked)).ToString("x16", CultureInfo.InvariantCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
