using System.CommandLine;
using System.Globalization;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Runner;
using Caseload.Notebooks.Session;
using Caseload.Notebooks.Runner.Parameters;
using Caseload.Reports;

namespace Caseload.Cli;

/// <summary><c>caseload notebooks</c>: runs notebooks without a front end, and strips them of what a run left.</summary>
internal static class NotebooksCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Build() => new("notebooks", "Run notebooks, or clean them for version control.") { BuildRun(), BuildClean() };

    private static Command BuildRun()
    {
        var paths = Notebooks("The notebooks, run in this order, each in a fresh session and in its own folder.");
        var folder = new Option<string?>("--out")
            { Description = "A folder for the executed copies. The notebooks themselves are never changed.", HelpName = "DIR" };
        var html = new Option<bool>("--html") { Description = "Write a page in HTML beside each executed copy." };
        var parameters = new Option<string[]>("--parameter", "-p")
        {
            HelpName = "NAME=VALUE",
            Description = "A value for a variable of the cell that is tagged parameters; may be repeated. Every notebook named must have it.",
        };
        var quiet = new Option<bool>("--quiet") { Description = "Print only what goes wrong." };
        var command = new Command("run", "Run notebooks and stop at the first cell that fails.") { paths, folder, html, parameters, quiet };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(paths),
            new RunSettings(parsed.GetValue(folder))
            {
                WriteHtml = parsed.GetValue(html), ChartScript = PlotlyAsset.Find(), Parameters = Parameter.ParseAll(parsed.GetValue(parameters) ?? []),
            },
            parsed.GetValue(quiet)));
        return command;
    }

    private static Command BuildClean()
    {
        var paths = Notebooks("The notebooks; - reads one from standard input and writes it to standard output.");
        var check = new Option<bool>("--check") { Description = "Change nothing; exit with 1 and name the notebooks that are not clean." };
        var command = new Command("clean", "Strip outputs, execution counts and what front ends keep.") { paths, check };
        command.SetAction(parsed => Clean(parsed.GetRequiredValue(paths), parsed.GetValue(check)));
        return command;
    }

    private static Argument<string[]> Notebooks(string description) =>
        new("NOTEBOOK") { Arity = ArgumentArity.OneOrMore, Description = description };

    private static int Run(string[] paths, RunSettings settings, bool quiet)
    {
        if (settings is { WriteHtml: true, OutFolder: null })
        {
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "--html without --out", "a folder for the pages",
                "caseload notebooks run",
                "Add --out DIR."));
        }

        var progress = quiet || Console.IsErrorRedirected ? null : new ProgressLine(Console.Error);
        try
        {
            BackgroundFailures.TellInCell();
            var results = new NotebookRunner().Run(paths, settings with { Progress = progress });
            progress?.Clear();
            foreach (var result in results.Where(r => r.Failure is null && !quiet)) Console.Out.WriteLine(Tell(result));
            return results[^1].Failure is { } failure ? CommandHost.Report(failure.ToProblem()) : 0;
        }
        finally
        {
            progress?.Clear();
        }
    }

    private static string Tell(NotebookResult result)
    {
        var cells = result.CellsRun == 1 ? "1 cell" : $"{result.CellsRun} cells";
        var seconds = result.Duration.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        return $"{result.Path}: {cells} in {seconds} s" + (result.ExecutedCopy is { } copy ? $" -> {copy}" : "");
    }

    private static int Clean(string[] paths, bool check)
    {
        var unclean = new List<string>();
        foreach (var path in paths)
        {
            var before = path == "-" ? ReadStandardInput() : NotebookReader.ReadBytes(path);
            var clean = NotebookWriter.ToText(NotebookCleaner.Clean(NotebookReader.Read(before, path)));
            var isClean = before.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(clean));
            if (!isClean) unclean.Add(path);
            if (!check && (!isClean || path == "-")) OutputFile.WriteText(path, writer => writer.Write(clean));
        }

        if (!check || unclean.Count == 0) return 0;
        return CommandHost.Report(new Problem(ProblemKind.CheckFailed,
            unclean.Count == 1 ? "a notebook that is not clean" : $"{unclean.Count} notebooks that are not clean",
            "no outputs, no execution counts, no metadata of front ends, and Jupyter's own layout", string.Join(", ", unclean),
            "Run caseload notebooks clean on them."));
    }

    private static byte[] ReadStandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Shows how far a run is on one line of a terminal, which is written over.</summary>
    private sealed class ProgressLine(TextWriter terminal) : IProgress<RunProgress>
    {
        private const string EraseLine = "\r\u001b[K";

        public void Report(RunProgress value)
        {
            var notebook = string.Create(CultureInfo.InvariantCulture, $"notebook {value.NotebookNumber} of {value.NotebookCount}");
            var cell = string.Create(CultureInfo.InvariantCulture, $"cell {value.CellNumber} of {value.CellCount}");
            terminal.Write($"{EraseLine}{notebook}, {cell}: {Path.GetFileName(value.Path)}");
        }

        public void Clear() => terminal.Write(EraseLine);
    }
}
