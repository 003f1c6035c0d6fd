using Caseload.Notebooks.Runner;
using Caseload.Reports;
using Caseload.Results;

namespace Caseload.Cli;

/// <summary>What became of the study's notebooks in a run.</summary>
/// <param name="Executed">How many ran to their end.</param>
/// <param name="Failure">What stopped one; null where none was stopped.</param>
/// <param name="Note">Why none or not all were run; empty where all were.</param>
internal sealed record NotebookOutcome(int Executed, NotebookFailure? Failure, string Note)
{
    internal static NotebookOutcome Skipped { get; } = new(0, null, "The notebooks were not run (--no-notebooks).");
}

/// <summary>Runs the study's notebooks on a run's data.</summary>
internal static class StudyNotebooks
{
    // These notebooks begin with a fitted model; the others need descriptions only.
    private static readonly string[] NeedModels = ["03-", "04-", "05-", "06-"];

    /// <summary>Runs the notebooks in order, each in a fresh session, and writes executed copies into the run's folder.</summary>
    internal static NotebookOutcome Run(NotebookRunner runner, StudyResults results, string folder)
    {
        if (Find() is not { } source) return new NotebookOutcome(0, null, "No folder notebooks/ was found beside the kit; none were run.");
        var all = Directory.GetFiles(source, "*.ipynb").Order(StringComparer.Ordinal).ToArray();
        var hasModel = results.Release().Models is { Curves.Count: > 0, Residuals.Count: > 0 };
        var chosen = hasModel
            ? all
            : [.. all.Where(path => !NeedModels.Any(start => Path.GetFileName(path).StartsWith(start, StringComparison.Ordinal)))];
        var before = Environment.GetEnvironmentVariable(CaseloadData.RunVariable);
        try
        {
            Environment.SetEnvironmentVariable(CaseloadData.RunVariable, Path.GetFullPath(folder));
            var outcomes = runner.Run(chosen, new RunSettings(Path.Combine(folder, "notebooks"))
            {
                WriteHtml = true, ChartScript = PlotlyAsset.Find(),
            });
            return new NotebookOutcome(
                outcomes.Count(o => o.Failure is null), outcomes.Select(o => o.Failure).FirstOrDefault(f => f is not null),
                hasModel ? "" : "The notebooks that begin with the model were not run: not every estimate of it exists.");
        }
        finally
        {
            Environment.SetEnvironmentVariable(CaseloadData.RunVariable, before);
        }
    }

    /// <summary>
    /// Takes the executed notebooks of an earlier run away, so that none stands beside a report that it does not belong to.
    /// </summary>
    internal static void RemoveEarlier(string folder)
    {
        if (Find() is not { } source) return;
        foreach (var name in Directory.GetFiles(source, "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)))
        {
            foreach (var ending in new[] { ".ipynb", ".html" })
            {
                var path = Path.Combine(folder, "notebooks", name + ending);
                if (File.Exists(path)) File.Delete(path);
            }
        }
    }

    private static string? Find()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                var folder = Path.Combine(at.FullName, "notebooks");
                if (File.Exists(Path.Combine(folder, "01-load-cohort.ipynb"))) return folder;
            }
        }

        return null;
    }
}
