namespace TaskLocking.Model;

/// <summary>One change of a state: a task that comes, changes or goes, or a record beside the tasks that does.</summary>
internal abstract class StateChange;
