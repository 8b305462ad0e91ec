using System;
using TaskLocking.Benchmarks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Parts;
using TaskLocking.Benchmarks.Workers;

if (args is ["worker", ..])
    return Worker.Run(args[1..]);
if (!BenchmarkOptions.TryParse(args, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}
if (options.Help)
{
    Console.WriteLine(BenchmarkOptions.Usage);
    return 0;
}
if (options.List)
{
    foreach (var goal in GoalList.All)
        Console.WriteLine($"{string.Join(", ", goal.Ids),-8}{goal.Title}");
    return 0;
}
return options.Parts ? PartsRun.Run() : await BenchmarkRun.RunAsync(options);
