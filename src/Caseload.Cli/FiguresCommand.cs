using System.CommandLine;
using Caseload.Browsers;
using Caseload.Figures.Png;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Reports;

namespace Caseload.Cli;

/// <summary>The forms in which a figure can leave a run.</summary>
internal enum FigureFormat
{
    /// <summary>Lines and letters, sharp at any size.</summary>
    Svg,

    /// <summary>Pixels, for programs that draw no SVG; a browser makes them.</summary>
    Png,
}

/// <summary><c>caseload figures</c>: every figure of a run as a file of its own.</summary>
internal static class FiguresCommand
{
    private const int UsualScale = 2;
    private const int GreatestScale = 8;

    internal static Command Build()
    {
        var run = new Option<string?>("--run") { HelpName = "DIR", Description = "The run's folder. Default: that of the last run." };
        var folder = new Option<string?>("--out")
        {
            HelpName = "DIR", Description = "Folder to write to. Default: figures in the run's folder.",
        };
        var format = new Option<FigureFormat>("--format")
        {
            HelpName = "svg|png", Description = "svg needs nothing; png needs a browser: Chromium, Chrome or Edge.",
            DefaultValueFactory = _ => FigureFormat.Svg,
        };
        format.AcceptOnlyFromAmong("svg", "png");
        var scale = new Option<int?>("--scale")
        {
            HelpName = "N", Description = $"Pixels of a png for each pixel of the svg, in each direction. Default: {UsualScale}.",
        };
        var quiet = CommonOptions.Quiet();
        var command = new Command("figures", "Every figure of a run, a file each.") { run, folder, format, scale, quiet };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(format);
            var pixels = Scale(parsed.GetValue(scale), chosen);

            var from = parsed.GetValue(run) ?? CaseloadData.FindRun() ?? throw new ProblemException(new Problem(ProblemKind.Unreadable,
                "no run: no folder output/ with a run.json lies here or above", "what caseload reproduce writes",
                Environment.CurrentDirectory,
                "Run caseload reproduce first, or name a run's folder with --run."));
            var (manifest, figures) = (RunManifest.Read(from), RunFigures.Read(from));
            var into = parsed.GetValue(folder) ?? Path.Combine(from, RunFigures.FolderName);
            if (chosen == FigureFormat.Svg) WriteSvg(figures, into);
            else WritePngAsync(figures, into, RequireBrowser(), pixels).GetAwaiter().GetResult();
            RemoveEarlier(figures, into, chosen);
            if (parsed.GetValue(quiet)) return 0;
            var kind = manifest.SourceKind == "simulated" ? ", of simulated data" : "";
            Say.Line($"{figures.Count} figures{kind}; disclosure control: {manifest.Disclosure.Words}");
            foreach (var figure in figures) Say.Line($"  {PathOf(into, figure.Name, chosen)}");
            return 0;
        });
        return command;
    }

    private static int Scale(int? scale, FigureFormat format) => (scale, format) switch
    {
        ({ } given, FigureFormat.Svg) => throw Wrong($"--scale {given} with --format svg", "--scale with --format png",
            "An svg is sharp at any size: leave --scale out."),
        ({ } given, _) when given is < 1 or > GreatestScale => throw Wrong(
            $"--scale {given}", $"a whole number from 1 to {GreatestScale}", "Choose another scale."),
        _ => scale ?? UsualScale,
    };

    private static string RequireBrowser() => BrowserProgram.Find() ?? throw new ProblemException(new Problem(ProblemKind.Unreadable,
        "no browser of the Chromium family on this machine", "chromium, google-chrome or microsoft-edge on the path",
        Environment.GetEnvironmentVariable(BrowserProgram.Variable) is { Length: > 0 } named
            ? $"{BrowserProgram.Variable}={named}" : "PATH",
        $"Install one, name it in the environment variable {BrowserProgram.Variable}, or take --format svg, which needs none."));

    private static void WriteSvg(IReadOnlyList<RunFigure> figures, string folder)
    {
        foreach (var figure in figures)
            OutputFile.WriteText(PathOf(folder, figure.Name, FigureFormat.Svg), writer => writer.Write(figure.Svg));
    }

    private static async Task WritePngAsync(IReadOnlyList<RunFigure> figures, string folder, string program, int scale)
    {
        var browser = await Browser.StartAsync(new BrowserSettings(program)).ConfigureAwait(false);
        await using (browser.ConfigureAwait(false))
        {
            var page = await browser.OpenPageAsync().ConfigureAwait(false);
            foreach (var figure in figures)
            {
                var png = await PngFigure.DrawAsync(page, figure.Svg, scale).ConfigureAwait(false);
                OutputFile.WriteBytes(PathOf(folder, figure.Name, FigureFormat.Png), stream => stream.Write(png));
            }
        }
    }

    // A figure of an earlier run would stand beside those of this one.
    private static void RemoveEarlier(IReadOnlyList<RunFigure> figures, string folder, FigureFormat format)
    {
        foreach (var path in StudyFigures.Names.Except(figures.Select(f => f.Name)).Select(name => PathOf(folder, name, format)))
        {
            if (File.Exists(path)) File.Delete(path);
        }
    }

    private static string PathOf(string folder, string name, FigureFormat format) =>
        Path.Combine(folder, name + (format == FigureFormat.Svg ? ".svg" : ".png"));

    private static ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "caseload figures", remedy));
}
