using System.CommandLine;
using Caseload.Areas;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Cli;

/// <summary><c>caseload areas</c>: published files to one area table.</summary>
internal static class AreasCommand
{
    private static readonly Option<string[]> Rates = Files("--rates",
        "Published referrals: c1 (2013 on), SFR27/2012 or OSR26/2011; once for each file.");
    private static readonly Option<string[]> Stock = Files("--stock",
        "Published children in need on 31 March: b1 (2013 on), SFR27/2012 or OSR26/2011; once for each file.");
    private static readonly Option<string[]> Workforce = new("--workforce")
    {
        Description = "Published workforce indicators (2017 on). Without it cin_per_social_worker stays empty.",
        HelpName = "FILE",
    };

    private static readonly Option<int[]> Year = new("--year")
    {
        Description = "The year in which the reporting year ends (2011 is 2010-11); once for each year of the table. "
            + "Default: the latest that all files hold.",
        HelpName = "Y",
    };

    private static readonly Option<string?> Deprivation = new("--deprivation")
    {
        Description = "Scores of deprivation of your own: CSV with the columns authority and deprivation.",
        HelpName = "FILE",
    };

    private static readonly Option<string> Out = File("--out", "The area table to write; - is standard output.");
    private static readonly Option<string?> Json = new("--json")
    {
        Description = "Also write the account as JSON: distributions, what is missing and why.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Quiet = new("--quiet") { Description = "No summary. Notes still go to standard error." };

    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var command = new Command("areas", "Build one area table from the Department for Education's published files.")
        {
            Rates, Stock, Workforce, Year, Deprivation, Out, Json, Quiet,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var sources = new AreaSources(parsed.GetRequiredValue(Rates), parsed.GetRequiredValue(Stock), parsed.GetValue(Workforce) ?? [])
        {
            Years = parsed.GetValue(Year) ?? [],
            Deprivation = parsed.GetValue(Deprivation),
        };
        var (output, json) = (parsed.GetRequiredValue(Out), parsed.GetValue(Json));
        CheckPaths(sources, output, json);

        var builds = AreaBuilder.Build(sources);
        AreaBuild.Together(builds).Write(output);
        if (json is not null) OutputFile.WriteText(json, writer => writer.Write(AreaBuildJson.Text(builds)));
        foreach (var note in builds.SelectMany(b => b.Notes.Select(n => builds.Count > 1 ? $"{b.Year}: {n}" : n)))
            Console.Error.WriteLine("note: " + note);
        var code = Say.Findings(builds[0].Findings, builds[0].Findings.Count);
        if (parsed.GetValue(Quiet)) return code;
        // What goes down a pipe is the table alone.
        var terminal = output == "-" || json == "-" ? Console.Error : Console.Out;
        terminal.Write(string.Join('\n', builds.Select(AreaSummary.Text)));
        if (output != "-") terminal.WriteLine($"\nwritten to {output}");
        return code;
    }

    private static void CheckPaths(AreaSources sources, string output, string? json)
    {
        string?[] inputs = [.. sources.Rates, .. sources.Stock, .. sources.Workforce, sources.Deprivation];
        if (inputs.Count(path => path == "-") > 1)
            throw Usage("standard input named more than once", "- for one of the files at most", "Save the others as files first.");
        OutputPaths.RequireDifferent(("--out", output), ("--json", json));
        OutputPaths.RequireApart(output, inputs);
        OutputPaths.RequireApart(json, inputs);
    }

    private static ProblemException Usage(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "caseload areas", remedy));

    private static Option<string> File(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", Required = true };

    private static Option<string[]> Files(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", Required = true };
}
