namespace Caseload.Notebooks.Kernelspecs;

/// <summary>A kernel that a front end can see.</summary>
/// <param name="Name">The name by which notebooks find it, in lower case.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Program">What starts it, where it is ours; null where it is another's.</param>
public sealed record InstalledKernel(string Name, string Folder, IReadOnlyList<string>? Program)
{
    /// <summary>Whether this kit made it.</summary>
    public bool IsOurs => Program is not null;

    /// <summary>Whether every file that starts it is still there.</summary>
    public bool CanStart => Program is { Count: > 0 } words && words.All(File.Exists);
}
