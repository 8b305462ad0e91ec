using System;
using TaskLocking;
using TaskLocking.Stress;

// One process of a test. Prepares, prints READY, waits for a line on its standard input, works, and prints what it did: a line is
// printed only after the call that it tells of has returned.
Gate.StandAtFailpoint();
DiskFault.Arm();
SeenFiles.Arm();
try
{
    return args switch
    {
        ["take", var path, var count] => TakeCommand.Run(path, int.Parse(count)),
        ["hold-file", var path] => HoldCommand.File(path),
        ["hold", var workspace, .. var ids] => HoldCommand.Tasks(workspace, ids),
        ["define", var workspace, .. var ids] => DefineCommand.Run(workspace, ids),
        ["assign", var workspace, var name, .. var ids] => AssignCommand.Run(workspace, name, ids),
        ["mixed", var workspace, var seed, var count] => MixedCommand.Run(workspace, int.Parse(seed), int.Parse(count)),
        ["topics", var root, var count, var perCall] => TopicsCommand.Run(root, int.Parse(count), int.Parse(perCall)),
        ["lock-sets", var workspace, var seed, "--rounds", var rounds] =>
            LockSetsCommand.Run(workspace, int.Parse(seed), int.Parse(rounds), null),
        ["lock-sets", var workspace, var seed, "--seconds", var seconds] =>
            LockSetsCommand.Run(workspace, int.Parse(seed), int.MaxValue, TimeSpan.FromSeconds(int.Parse(seconds))),
        ["commit-until-killed", var workspace, var name] => CommitCommand.Run(workspace, name),
        ["follow", var workspace, var after] => FollowCommand.Run(workspace, long.Parse(after)),
        ["fill", var workspace, var size] => FillCommand.Run(workspace, int.Parse(size)),
        ["read-pairs", var workspace] => PairsCommand.Read(workspace),
        ["write-pairs", var workspace, var count] => PairsCommand.Write(workspace, int.Parse(count)),
        ["list", var workspace] => ListCommand.Run(workspace),
        ["drain", var workspace, var agent, .. var capabilities] => DrainCommand.Run(workspace, agent, capabilities),
        ["without-flush", .. var command] when command.Length > 0 => WithoutFlushCommand.Run(command),
        ["without-statx", var errno, .. var command] when command.Length > 0 =>
            WithoutFlushCommand.RunWithoutStatx(uint.Parse(errno), command),
        ["without-locks", .. var command] when command.Length > 0 => WithoutFlushCommand.RunWithoutLocks(command),
        ["steps", var workspace, var name] => StepsCommand.Run(workspace, name),
        ["protocol", var workspace, .. var arguments] => ProtocolCommand.Run(workspace, arguments),
        [ProtocolCommand.Worker, .. var arguments] => TaskLocking.StressWorker.Run(arguments, Console.In, Console.Out),
        ["tour", var workspace] => TourCommand.Run(workspace),
        ["documents", var folder, var seed, var count] => DocumentsCommand.Run(folder, int.Parse(seed), int.Parse(count)),
        ["faults", var folder, var most, var seed] => FaultsCommand.Run(folder, int.Parse(most), int.Parse(seed)),
        ["crash-agent", var workspace, var name, var seed, var rounds] =>
            CrashAgentCommand.Run(workspace, name, int.Parse(seed), int.Parse(rounds)),
        ["crash-hand", var workspace, var seed, var rounds] => CrashHandCommand.Run(workspace, int.Parse(seed), int.Parse(rounds)),
        _ => Usage(),
    };
}
catch (TaskLockingException exception)
{
    Report.Line("refused", exception.Refusal.Code.ToString());
    Console.Error.WriteLine(exception.Message);
    return RefusalTable.ExitCode(exception.Refusal.Code);
}

static int Usage()
{
    Console.Error.WriteLine(
        "take PATH COUNT | hold-file PATH | hold WS ID… | define WS ID… | assign WS NAME ID… | mixed WS SEED COUNT | " +
        "topics ROOT COUNT PERCALL | lock-sets WS SEED --rounds N|--seconds S | commit-until-killed WS NAME | fill WS SIZE | " +
        "follow WS VERSION | read-pairs WS | write-pairs WS COUNT | list WS | drain WS AGENT CAPABILITY… | " +
        "crash-agent WS NAME SEED ROUNDS | crash-hand WS SEED ROUNDS | steps WS NAME | tour WS | documents FOLDER SEED COUNT | " +
        "protocol WS [PHASE…] [OPTION=N…] | without-flush PROGRAM ARGUMENT… | without-locks PROGRAM ARGUMENT…");
    return 2;
}
