using System.Text.Json;

namespace Caseload.Notebooks.Session.Packages;

/// <summary>The files that a restore found for a set of packages on this machine.</summary>
/// <param name="Versions">The version of each package by name, those that packages ask for among them.</param>
/// <param name="Compile">The assemblies that code is compiled against.</param>
/// <param name="Runtime">The assemblies that are loaded.</param>
/// <param name="Native">The native libraries.</param>
internal sealed record RestoredAssets(
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<string> Compile, IReadOnlyList<string> Runtime, IReadOnlyList<string> Native)
{
    /// <summary>Reads the file that a restore writes.</summary>
    /// <param name="path">The path of <c>project.assets.json</c>.</param>
    /// <param name="runtime">This machine's runtime identifier, such as <c>linux-x64</c>.</param>
    public static RestoredAssets Read(string path, string runtime)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToArray();
        var target = root.GetProperty("targets").EnumerateObject().First(t => t.Name.EndsWith("/" + runtime, StringComparison.Ordinal));
        var libraries = root.GetProperty("libraries");
        var packages = target.Value.EnumerateObject().Where(p => p.Value.GetProperty("type").GetString() == "package").ToArray();
        return new(
            packages.Select(p => p.Name.Split('/')).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase),
            Files("compile"), Files("runtime"), Files("native"));

        string[] Files(string kind) =>
        [
            .. from package in packages
               where package.Value.TryGetProperty(kind, out _)
               let near = libraries.GetProperty(package.Name).GetProperty("path").GetString()!
               from asset in package.Value.GetProperty(kind).EnumerateObject()

               // A package that has nothing for this framework says so with a file of this name.
               where Path.GetFileName(asset.Name) != "_._"
               let file = folders.Select(f => Path.GetFullPath(Path.Combine(f, near, asset.Name))).FirstOrDefault(File.Exists)
               where file is not null
               select file,
        ];
    }
}
