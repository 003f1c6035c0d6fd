namespace Caseload.Notebooks.Session.Assistance;

/// <summary>What can stand in a line that begins with <c>#</c>: the directives, and the paths of files that they name.</summary>
internal static class PathCompletions
{
    private static readonly IReadOnlyList<Completion> Directives =
    [
        new("#!csharp", "directive", "#!csharp"), new("#!import", "directive", "#!import \"file.csx\""),
        new("#!time", "directive", "#!time"),
        new("#r", "directive", "#r \"path.dll\" or #r \"nuget: Name, 1.2.3\""), new("#i", "directive", "#i \"nuget: source\""),
        new("#load", "directive", "#load \"file.csx\""), new("#if", "directive", "#if SYMBOL"), new("#endif", "directive", "#endif"),
        new("#region", "directive", "#region name"), new("#endregion", "directive", "#endregion"),
    ];

    /// <summary>The completions of a line that begins with <c>#</c>.</summary>
    /// <param name="line">The line as far as the cursor.</param>
    /// <param name="position">The cursor's place in the cell.</param>
    /// <param name="folder">The notebook's folder.</param>
    public static CompletionList Of(string line, int position, string folder)
    {
        var typed = line.TrimStart();
        var blank = typed.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0) return List(position, typed, Directives);
        var argument = typed[blank..].TrimStart();
        if (Extensions(typed[..blank]) is not { } extensions || argument.StartsWith("\"nuget:", StringComparison.OrdinalIgnoreCase)
            || argument.IndexOf('"', Math.Min(1, argument.Length)) >= 0) return new(position, position, []);
        if (!argument.StartsWith('"') && typed[..blank] != "#!import") return new(position, position, []);
        return Files(argument.TrimStart('"'), position, folder, extensions);
    }

    private static string[]? Extensions(string directive) => directive switch
    {
        "#r" => [".dll", ".exe"],
        "#load" => [".csx", ".cs"],
        "#!import" => [".csx", ".cs", ".ipynb"],
        _ => null,
    };

    private static CompletionList Files(string path, int position, string folder, string[] extensions)
    {
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        try
        {
            var entries = new DirectoryInfo(Path.GetFullPath(path[..^name.Length], folder)).EnumerateFileSystemInfos("*", options);
            return List(position, name, entries.Select(e => e switch
            {
                DirectoryInfo inner => new Completion(inner.Name + "/", "folder", inner.Name),
                _ => new Completion(e.Name, "file", e.Name),
            }).Where(c => c.Kind == "folder" || extensions.Contains(Path.GetExtension(c.Text), StringComparer.OrdinalIgnoreCase)));
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return new(position, position, []);
        }
    }

    private static CompletionList List(int position, string prefix, IEnumerable<Completion> all)
    {
        var items = new CompletionItems(prefix);
        items.Add(all.Take(CompletionItems.Most));
        return new(position - prefix.Length, position, items.ToList());
    }
}
