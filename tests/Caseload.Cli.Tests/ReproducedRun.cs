namespace Caseload.Cli.Tests;

/// <summary>One run of <c>reproduce</c> on 6,000 simulated children, which several tests look at and none changes.</summary>
public sealed class ReproducedRun : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ReproducedRun() => Run = CaseloadRun.Of("reproduce", "--children", "6000", "--no-notebooks", "--out", Folder);

    internal CaseloadRun Run { get; }

    internal string Folder => Path.Combine(folder.Path, "run");

    internal string Cohort => PathOf("cohort.csv");

    internal string Returns => PathOf("simulated/returns");

    internal string Areas => PathOf("simulated/areas.csv");

    /// <summary>How many children are in the model.</summary>
    internal int Modelled => File.ReadLines(Cohort).Count(line => line.Split(',').Contains("modelled"));

    internal string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The cohort with one column changed in every row.</summary>
    internal string CohortWith(string column, Func<string, string> change)
    {
        var lines = File.ReadAllLines(Cohort);
        var at = Array.IndexOf(lines[0].Split(','), column);
        return lines[0] + "\n" + string.Concat(lines.Skip(1).Select(line =>
        {
            var cells = line.Split(',');
            cells[at] = change(cells[at]);
            return string.Join(',', cells) + "\n";
        }));
    }

    public void Dispose() => folder.Dispose();
}
