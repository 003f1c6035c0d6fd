using Caseload.Frames;

namespace Caseload.Notebooks.Kernelspecs;

/// <summary>What an installation did.</summary>
/// <param name="Kernel">The kernel that is there now.</param>
/// <param name="Replaced">Whether it took the place of an earlier one of ours.</param>
/// <param name="Holders">Others' kernels that hold the preferred name, so that ours has the other.</param>
/// <param name="Removed">Ours of the other name in the same place, which was taken away.</param>
public sealed record KernelInstallation(
    InstalledKernel Kernel, bool Replaced, IReadOnlyList<InstalledKernel> Holders, IReadOnlyList<InstalledKernel> Removed);

/// <summary>Makes the kernel known to Jupyter and VS Code, tells where it is known, and takes it away. Another's kernel is never touched.</summary>
/// <param name="platform">The machine.</param>
public sealed class KernelInstaller(JupyterPlatform platform)
{
    private static readonly string[] Pictures = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];

    /// <summary>Installs the kernel, or brings the one that is there up to date.</summary>
    /// <param name="launcher">How it is started.</param>
    /// <param name="prefix">The environment to install into; null for the user's own kernels.</param>
    /// <exception cref="ProblemException">Both names are held by others, or the folder cannot be written.</exception>
    public KernelInstallation Install(KernelLauncher launcher, string? prefix)
    {
        ArgumentNullException.ThrowIfNull(launcher);
        var place = Place(prefix);
        var seen = KernelScan.Of(JupyterFolders.All(platform).Append(place).Distinct(platform.PathComparer));
        var holders = seen.Where(kernel => !kernel.IsOurs && kernel.Name == KernelNames.Preferred).ToArray();
        var name = holders.Length == 0 ? KernelNames.Preferred : KernelNames.Other;
        if (seen.FirstOrDefault(kernel => !kernel.IsOurs && kernel.Name == name) is { } other) throw Held(other);
        var ours = seen.Where(kernel => kernel.IsOurs && platform.PathComparer.Equals(Path.GetDirectoryName(kernel.Folder), place)).ToArray();
        var folder = Path.Combine(place, name);
        try
        {
            Write(folder, launcher);
            var removed = ours.Where(kernel => kernel.Name != name).ToArray();
            foreach (var kernel in removed) Directory.Delete(kernel.Folder, recursive: true);
            return new(new(name, folder, launcher.Program), ours.Any(kernel => kernel.Name == name), holders, removed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Closed(place, prefix, e);
        }
    }

    /// <summary>Our kernels, and others' that hold a name of ours.</summary>
    /// <param name="prefix">An environment to look at besides those that are known to this machine; may be null.</param>
    public IReadOnlyList<InstalledKernel> List(string? prefix) => KernelScan.Of(
        prefix is null ? JupyterFolders.All(platform) : JupyterFolders.All(platform).Append(Place(prefix)).Distinct(platform.PathComparer));

    /// <summary>Takes our kernels away.</summary>
    /// <param name="place">The folder of kernels to take them from; null for every one that front ends look in.</param>
    /// <returns>Those that were there.</returns>
    /// <exception cref="ProblemException">One cannot be taken away.</exception>
    public IReadOnlyList<InstalledKernel> Uninstall(string? place)
    {
        var ours = KernelScan.Of(place is null ? JupyterFolders.All(platform) : [place]).Where(kernel => kernel.IsOurs).ToArray();
        foreach (var kernel in ours)
        {
            try
            {
                // Two places may be one by a link: then it went with the first.
                Discard(kernel.Folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ProblemException(new Problem(ProblemKind.Unreadable, "the kernel cannot be taken away: " + e.Message,
                    "a folder that may be changed", kernel.Folder, "Run the command again as the user who installed it."), e);
            }
        }

        return ours;
    }

    /// <summary>The folder of kernels of an environment, or the user's own.</summary>
    /// <param name="prefix">The environment; null for the user's own.</param>
    public string Place(string? prefix) =>
        Path.GetFullPath(prefix is null ? JupyterFolders.User(platform) : JupyterFolders.Prefix(platform, Path.GetFullPath(prefix)));

    // The folder is written under a name that no front end takes for a kernel's, and renamed when it is whole.
    private static void Write(string folder, KernelLauncher launcher)
    {
        var (made, old) = (folder + "~new", folder + "~old");
        Discard(made);
        Discard(old);
        Directory.CreateDirectory(made);
        try
        {
            File.WriteAllText(Path.Combine(made, KernelspecFile.Name), KernelspecFile.Write(launcher));
            foreach (var picture in Pictures) WritePicture(made, picture);
            if (Directory.Exists(folder)) Directory.Move(folder, old);
            Directory.Move(made, folder);
        }
        catch
        {
            if (Directory.Exists(old) && !Directory.Exists(folder)) Directory.Move(old, folder);
            Discard(made);
            throw;
        }

        Discard(old);
    }

    private static void Discard(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static void WritePicture(string folder, string name)
    {
        using var source = typeof(KernelInstaller).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the picture {name} is not in the assembly");
        using var target = File.Create(Path.Combine(folder, name));
        source.CopyTo(target);
    }

    private static ProblemException Held(InstalledKernel other) => new(new Problem(ProblemKind.Unreadable,
        $"the name {other.Name} is held by a kernel that is not ours", $"{KernelNames.Preferred} or {KernelNames.Other} to be free",
        other.Folder, $"Nothing was changed. If nobody needs that kernel, remove it: jupyter kernelspec remove {other.Name}"));

    private static ProblemException Closed(string place, string? prefix, Exception e) => new(new Problem(ProblemKind.Unreadable,
        "the kernel's folder cannot be written: " + e.Message, "a folder that may be written to, with room for a few kilobytes", place,
        prefix is null
            ? "Check who owns the folder, or name another place that Jupyter looks in: caseload kernel install --prefix DIR"
            : "Install for yourself alone, which needs no more rights than you have: caseload kernel install --user"), e);
}
