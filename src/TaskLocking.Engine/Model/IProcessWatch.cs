namespace TaskLocking.Model;

/// <summary>Knows many processes at once, for whoever is about to ask about each.</summary>
internal interface IProcessWatch
{
    /// <summary>The same as it is at this moment.</summary>
    ILiveness Look();
}
