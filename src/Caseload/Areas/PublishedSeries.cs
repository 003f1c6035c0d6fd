using Caseload.Frames;

namespace Caseload.Areas;

/// <summary>The files given for one use: each holds other years.</summary>
/// <param name="Role">The use.</param>
/// <param name="Files">The files, in the order given.</param>
internal sealed record PublishedSeries(PublishedRole Role, IReadOnlyList<PublishedFile> Files)
{
    /// <summary>The years that the files hold together, ascending.</summary>
    internal IReadOnlyList<int> Years { get; } = [.. Files.SelectMany(f => f.Years).Distinct().Order()];

    /// <summary>The names of the files.</summary>
    internal string Source => string.Join(", ", Files.Select(f => f.Source));

    /// <summary>Reads the files of a use.</summary>
    /// <exception cref="ProblemException">As in <see cref="PublishedFile.Read"/>; or two of them hold one year (exit code 1).</exception>
    internal static PublishedSeries Read(PublishedRole role, IReadOnlyList<string> paths)
    {
        var files = paths.Select(path => PublishedFile.Read(path, role)).ToArray();
        var twice = files.SelectMany(f => f.Years.Select(year => (Year: year, File: f)))
            .GroupBy(p => p.Year).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, $"{twice.Key} in two files of --{role.Option()}",
                "each year in one of them", string.Join(", ", twice.Select(p => p.File.Source)), "Leave one of the files out."));
        return new PublishedSeries(role, files);
    }

    /// <summary>The file that holds a year.</summary>
    internal PublishedFile Of(int year) => Files.First(f => f.Years.Contains(year));
}
