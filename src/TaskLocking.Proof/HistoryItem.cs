namespace TaskLocking.Proof;

/// <summary>An operation of a history that is to be explained.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="IsRequired">
/// Whether its answer has to be explained. If not, it may take effect between its start and its end, or not at all, whatever it was
/// answered: then whatever is explained with it is explained without it too.
/// </param>
internal sealed record HistoryItem(Operation Operation, bool IsRequired)
{
    public static HistoryItem Of(Operation operation) => new(operation, IsRequired: !operation.IsOpen && operation.End is not null);

    /// <summary>When it is over; never for one that was not answered.</summary>
    public long? End => Operation.IsOpen ? null : Operation.End;

    /// <summary>Whether it makes any difference.</summary>
    public bool Matters => IsRequired
        ? TaskModel.Tells(Operation)
        : Operation.Kind != OperationKind.Read && (Operation.IsOpen || Operation.Answer == OperationAnswer.Done);
}
