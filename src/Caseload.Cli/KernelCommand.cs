using System.CommandLine;
using System.Text.Json;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Notebooks.Kernelspecs;

namespace Caseload.Cli;

/// <summary><c>caseload kernel</c>: makes the C# kernel known to VS Code and Jupyter, and takes it away again.</summary>
internal static class KernelCommand
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>The command with its subcommands.</summary>
    public static Command Build() =>
        new("kernel", "Make C# notebooks run in VS Code and Jupyter.") { BuildInstall(), BuildList(), BuildUninstall(), BuildStart() };

    private static Command BuildInstall()
    {
        var (user, prefix) = (User("Install for yourself alone; this is what happens without an option."), Prefix("Install into"));
        var command = new Command("install", "Make the kernel known to VS Code and Jupyter, or bring it up to date.") { user, prefix };
        command.SetAction(parsed => Install(OnePlace(parsed.GetValue(user), parsed.GetValue(prefix)).Prefix));
        return command;
    }

    private static Command BuildList()
    {
        var (prefix, json) = (Prefix("Look also into"), CommonOptions.Json("the kernels"));
        var command = new Command("list", "Show where the kernel is installed, and others' kernels of its names.") { prefix, json };
        command.SetAction(parsed => List(new KernelInstaller(JupyterPlatform.Current()).List(parsed.GetValue(prefix)), parsed.GetValue(json)));
        return command;
    }

    private static Command BuildUninstall()
    {
        var (user, prefix) = (User("Take away your own kernel only."), Prefix("Take away only the kernel of"));
        var command = new Command("uninstall", "Take the kernel away, from every place that front ends look in.") { user, prefix };
        command.SetAction(parsed => Uninstall(OnePlace(parsed.GetValue(user), parsed.GetValue(prefix))));
        return command;
    }

    private static Command BuildStart()
    {
        var file = new Argument<string>("CONNECTION_FILE") { Description = "The file in which the front end says where to listen." };
        var command = new Command("start", "Serve a front end. VS Code and Jupyter run this; nobody needs to type it.") { file };
        command.SetAction(parsed => KernelStart.Run(parsed.GetRequiredValue(file)));
        return command;
    }

    private static Option<bool> User(string description) => new("--user") { Description = description };

    private static Option<string?> Prefix(string what) => new("--prefix")
        { Description = $"{what} a Python environment, or another folder that Jupyter takes as a prefix.", HelpName = "DIR" };

    private static (bool User, string? Prefix) OnePlace(bool user, string? prefix) => user && prefix is not null
        ? throw new ProblemException(new Problem(ProblemKind.WrongUsage, "--user and --prefix together", "one place", "caseload kernel",
            "Leave one of them out."))
        : (user, prefix);

    private static int Install(string? prefix)
    {
        var platform = JupyterPlatform.Current();
        var launcher = KernelLauncher.OfThisProcess(platform, Path.Combine(AppContext.BaseDirectory, "caseload.dll"));
        var done = new KernelInstaller(platform).Install(launcher, prefix);
        Say.Line($"{(done.Replaced ? "Updated" : "Installed")} the kernel {done.Kernel.Name}, shown as C# (Caseload): {done.Kernel.Folder}");
        Say.Line($"It starts {string.Join(' ', done.Kernel.Program ?? [])}");
        foreach (var kernel in done.Removed) Say.Line($"Removed ours of the other name: {kernel.Folder}");
        foreach (var holder in done.Holders)
            Say.Line($"The name {holder.Name} is held by another kernel, which was left as it is: {holder.Folder}");
        if (done.Holders.Count > 0) Say.Line($"Choose C# (Caseload) in the front end when you open a notebook.");
        return 0;
    }

    private static int List(IReadOnlyList<InstalledKernel> kernels, string? json)
    {
        if (json is not null) OutputFile.WriteBytes(json, stream => WriteJson(stream, kernels));
        if (json == "-") return 0;
        foreach (var kernel in kernels.Where(k => k.IsOurs))
        {
            Say.Line($"{kernel.Name,-16}{kernel.Folder}");
            Say.Line($"{"",-16}starts {string.Join(' ', kernel.Program ?? [])}");
            if (!kernel.CanStart) Say.Line($"{"",-16}which is gone: run caseload kernel install again, or caseload kernel uninstall");
        }

        foreach (var kernel in kernels.Where(k => !k.IsOurs)) Say.Line($"{kernel.Name,-16}{kernel.Folder}, another's");
        if (!kernels.Any(k => k.IsOurs)) Say.Line($"The kernel is not installed: run caseload kernel install.");
        return 0;
    }

    private static void WriteJson(Stream stream, IReadOnlyList<InstalledKernel> kernels)
    {
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartArray();
            foreach (var kernel in kernels)
            {
                writer.WriteStartObject();
                writer.WriteString("name", kernel.Name);
                writer.WriteString("folder", kernel.Folder);
                writer.WriteBoolean("ours", kernel.IsOurs);
                writer.WriteBoolean("can_start", kernel.CanStart);
                writer.WriteStartArray("program");
                foreach (var word in kernel.Program ?? []) writer.WriteStringValue(word);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        stream.WriteByte((byte)'\n');
    }

    private static int Uninstall((bool User, string? Prefix) place)
    {
        var installer = new KernelInstaller(JupyterPlatform.Current());
        var removed = installer.Uninstall(place.User || place.Prefix is not null ? installer.Place(place.Prefix) : null);
        foreach (var kernel in removed) Say.Line($"Removed the kernel {kernel.Name}: {kernel.Folder}");
        if (removed.Count == 0) Say.Line($"The kernel is not installed there: nothing to remove.");
        return 0;
    }
}
