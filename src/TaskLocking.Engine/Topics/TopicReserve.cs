namespace TaskLocking;

/// <summary>How far a topic's number is made sure of before it is given out.</summary>
public enum TopicReserve
{
    /// <summary>In this repository: its working trees, its branches and what it has fetched. Speaks with no server.</summary>
    Local,

    /// <summary>At a remote too, so that no other clone gets it that asks there.</summary>
    Remote,
}
