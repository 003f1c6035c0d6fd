using System.CommandLine;
using Caseload.Cli;

// A front end waits for the kernel, which deals with signals itself: it starts before any command is built.
if (args is ["kernel", "start", [not '-', ..] file]) return CommandHost.Run(() => KernelStart.Run(file));

var root = new RootCommand("""
    Repeated referrals to children's services: from returns to report.
    Start with: caseload reproduce
    """);
root.Subcommands.Add(ReproduceCommand.Build());
root.Subcommands.Add(SimulateCommand.Build());
root.Subcommands.Add(ValidateCommand.Build());
root.Subcommands.Add(AreasCommand.Build());
root.Subcommands.Add(CohortCommand.Build());
root.Subcommands.Add(DescribeCommand.Build());
root.Subcommands.Add(FitCommand.Build());
root.Subcommands.Add(FiguresCommand.Build());
root.Subcommands.Add(NotebooksCommand.Build());
root.Subcommands.Add(KernelCommand.Build());
return CommandHost.Invoke(root, args);
