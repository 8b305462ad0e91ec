return await TaskLocking.Server.ServerProgram.RunAsync(args).ConfigureAwait(false);
