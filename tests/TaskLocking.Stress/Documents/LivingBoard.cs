using TaskLocking.FileStore;

namespace TaskLocking.Stress;

/// <summary>A board, and the store below it, whose flushes can be made to fail.</summary>
internal sealed record LivingBoard(FileTaskStore Store, TaskBoard Board);
