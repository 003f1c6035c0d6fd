namespace Caseload.Testing;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>Its root: the folder of Caseload.slnx.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Caseload.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("No Caseload.slnx stands above the tests.");
        return folder.FullName;
    }
}
