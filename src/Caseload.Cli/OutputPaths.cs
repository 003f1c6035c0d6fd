using Caseload.Frames;

namespace Caseload.Cli;

/// <summary>Keeps a command from writing over what it reads.</summary>
internal static class OutputPaths
{
    /// <summary>Stops where an output would take the place of an input.</summary>
    /// <param name="output">The output, or null where there is none; standard output takes nobody's place.</param>
    /// <param name="inputs">The inputs, files or folders; null where there is none.</param>
    /// <exception cref="ProblemException">The output is one of the inputs, or lies inside one.</exception>
    internal static void RequireApart(string? output, params IEnumerable<string?> inputs)
    {
        if (output is null or "-") return;
        var written = Full(output);
        foreach (var input in inputs.OfType<string>().Where(path => path != "-"))
        {
            var read = Full(input);
            if (read == written
                || (Directory.Exists(read) && written.StartsWith(read + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                throw new ProblemException(new Problem(
                    ProblemKind.WrongUsage, $"the output {output} in the place of the input {input}, or inside it",
                    "an output apart from the inputs", "", "Choose another place for the output; nothing was changed."));
            }
        }
    }

    /// <summary>Stops where two outputs would be written to one place.</summary>
    /// <param name="outputs">The options of the outputs with their values, null where one was not asked for.</param>
    /// <exception cref="ProblemException">Two of them are the same file, or both standard output.</exception>
    internal static void RequireDifferent(params IReadOnlyList<(string Option, string? Path)> outputs)
    {
        var same = outputs.Where(o => o.Path is not null).GroupBy(o => o.Path == "-" ? "-" : Full(o.Path!), StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        if (same is null) return;
        throw new ProblemException(new Problem(ProblemKind.WrongUsage,
            $"{string.Join(" and ", same.Select(o => o.Option))} both write to {(same.Key == "-" ? "standard output" : same.First().Path)}",
            "a place for each", "", "Name another place for one of them; nothing was changed."));
    }

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
