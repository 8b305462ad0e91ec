using Microsoft.PowerShell;

// All of PowerShell: the same start as the program that users install, from the same assemblies.
return ConsoleShell.Start(null, null, args);
