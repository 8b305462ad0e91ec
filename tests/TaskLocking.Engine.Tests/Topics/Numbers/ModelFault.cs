namespace TaskLocking.Tests.Topics;

/// <summary>A fault that the model check has to find.</summary>
internal enum ModelFault
{
    None,

    /// <summary>Only what lies in the root itself counts.</summary>
    OwnTreeOnly,

    /// <summary>A reservation at the server is written over.</summary>
    PushesBlindly,
}
