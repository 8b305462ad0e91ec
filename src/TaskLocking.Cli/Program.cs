return TaskLocking.Cli.Application.Run(args);
