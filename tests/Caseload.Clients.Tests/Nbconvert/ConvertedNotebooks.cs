using Caseload.Clients.Tests.Fixtures;

namespace Caseload.Clients.Tests.Nbconvert;

/// <summary>The study's notebooks, in order.</summary>
internal static class StudyNotebooks
{
    /// <summary>Their paths.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. Directory.GetFiles(Path.Combine(Checkout.Root, "notebooks"), "*.ipynb").Order(StringComparer.Ordinal)];
}

/// <summary>nbconvert as a person starts it.</summary>
internal static class Converter
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>Runs nbconvert; the test is skipped where it is absent.</summary>
    public static Ended Run(InstalledKernel kernel, string folder, params string[] arguments)
    {
        ClientTools.RequireModule("nbconvert");
        var program = ClientTools.Require("/usr/bin/jupyter-nbconvert", "jupyter-nbconvert");
        return ClientProcess.Run(kernel.Client(ClientTools.Python, folder, ["-B", program, .. arguments]), Limit);
    }
}

/// <summary>Executed copies of all notebooks.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Process">What made them.</param>
internal sealed record Copies(string Folder, Ended Process);

/// <summary>The notebooks executed twice on the same run: by nbconvert through the kernel, and by the kit's own runner.</summary>
public sealed class ConvertedNotebooks
{
    private readonly Lock gate = new();
    private (Copies Own, Copies Theirs)? made;

    internal (Copies Own, Copies Theirs) Of(InstalledKernel kernel)
    {
        lock (gate) return made ??= Make(kernel);
    }

    private static (Copies Own, Copies Theirs) Make(InstalledKernel kernel)
    {
        var theirs = kernel.NewFolder("nbconvert");
        var converted = Converter.Run(kernel, theirs,
            ["--to", "notebook", "--execute", "--output-dir", theirs, "--ExecutePreprocessor.timeout=120", .. StudyNotebooks.Paths]);
        var own = kernel.NewFolder("runner");
        string[] arguments = ["notebooks", "run", .. StudyNotebooks.Paths, "--out", own];
        var run = ClientProcess.Run(kernel.Client(InstalledKernel.Command, own, arguments), TimeSpan.FromMinutes(2)).Succeeded();
        return (new(own, run), new(theirs, converted));
    }
}
