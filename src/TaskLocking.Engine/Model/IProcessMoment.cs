namespace TaskLocking.Model;

/// <summary>What was known of many processes at one moment. The same one is given again as long as all of them live.</summary>
internal interface IProcessMoment : ILiveness
{
    /// <summary>Whether the process is one of those that lived.</summary>
    bool Lives(string? host, int? pid, string? processStart);
}
