using System.Text.Json;
using System.Text.Json.Serialization;
using Caseload.Areas;
using Caseload.Disclosure;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>Where a run's data lie, for notebooks and for whoever reads the run later.</summary>
/// <param name="SourceKind">"simulated" or "real".</param>
/// <param name="Cohort">The cohort file; relative to the run's folder, or absolute where the person brought it.</param>
/// <param name="CohortYear">The census year of the first referrals.</param>
/// <param name="FollowUpYears">How many census years were followed.</param>
/// <param name="AreaFigures">Which figures of the authorities were taken; null where the cohort file brought them.</param>
/// <param name="Provenance">What the numbers come from.</param>
public sealed record RunManifest(
    string SourceKind, string Cohort, int CohortYear, int FollowUpYears, AreaFigures? AreaFigures, IReadOnlyList<Definition> Provenance)
{
    /// <summary>The policy of disclosure control that the run's numbers went through; with the reason where it was switched off.</summary>
    public required DisclosurePolicy Disclosure { get; init; }

    /// <summary>The name of the file in a run's folder.</summary>
    public const string FileName = "run.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Writes the manifest into a run's folder.</summary>
    /// <param name="folder">The folder.</param>
    public void Write(string folder) =>
        OutputFile.WriteText(Path.Combine(folder, FileName), writer => writer.WriteLine(JsonSerializer.Serialize(this, Options)));

    /// <summary>Takes the manifest of an earlier run away.</summary>
    /// <param name="folder">The run's folder.</param>
    public static void Remove(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path)) File.Delete(path);
    }

    /// <summary>Reads the manifest of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="ProblemException">There is none, or it is damaged.</exception>
    public static RunManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            using var bytes = InputFile.OpenBytes(path);
            return JsonSerializer.Deserialize<RunManifest>(bytes, Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw InputFile.Unreadable("a file that is no manifest of a run", "what caseload reproduce writes",
                $"{path}, line {e.LineNumber + 1}", "Run caseload reproduce again.");
        }
    }
}

/// <summary>Writes what a run found: tables, ledger, report and its figures.</summary>
public static class RunOutput
{
    private static readonly (string Name, Func<StudyResults, Ledger, Frame?> Make)[] Tables =
    [
        ("flow", (r, _) => StudyTables.Flow(r)),
        ("table1", (r, _) => StudyTables.Representation(r)),
        ("incomplete", (r, _) => FollowUpTables.Incomplete(r)),
        ("cleaning", (r, _) => r.Cleaning.Count == 0 ? null : LinkageTables.Cleaning(r)),
        ("continuity", (r, _) => r.Linkage is null ? null : LinkageTables.Continuity(r)),
        ("survival", (r, _) => r.TimeToRereferral.FromReferral.Count == 0 ? null : FollowUpTables.Survival(r)),
        ("cumulative", (r, _) => StudyTables.Cumulative(r)),
        ("risk-groups", (r, _) => StudyTables.RiskGroups(r)),
        ("models", (r, _) => r.Release().Models is null ? null : StudyTables.Models(r)),
        ("coefficients", (r, _) => r.Release().Models is null ? null : StudyTables.Coefficients(r)),
        ("missing-data", (r, _) => r.Release().MissingData is { } m ? MissingDataTables.Choices(m, r.Policy) : null),
        ("area-variance", (r, _) => r.Release().Inference is null ? null : InferenceTables.AreaVariance(r)),
        ("marginal-effects", (r, _) => r.Release().Inference?.Marginal is null ? null : InferenceTables.MarginalEffects(r)),
        ("model-checks", (r, _) => r.Release().Inference is { Checks.Count: > 0 } ? InferenceTables.Checks(r) : null),
        ("area-terms", (r, _) => r.Release().AreaTerms.Count == 0 ? null : InferenceTables.AreaTerms(r)),
        ("slopes", (r, _) => r.Release().Models is { } m ? StudyTables.Slopes(m) : null),
        ("predictions", (r, _) => r.Release().Models is { } m ? StudyTables.Predictions(m) : null),
        ("authorities", (r, _) => r.Release().Models is null ? null : StudyTables.Residuals(r)),
        ("published-findings", (_, l) => StudyTables.Claims(l)),
        ("never-published", (_, l) => StudyTables.NeverPublished(l)),
    ];

    /// <summary>
    /// Writes tables, ledger, report and figures into a folder. A table or figure that this run does not have is taken away, so that none
    /// is of an earlier run.
    /// </summary>
    /// <param name="results">The results of the run.</param>
    /// <param name="ledger">The published findings beside those of the run.</param>
    /// <param name="provenance">Where the numbers come from.</param>
    /// <param name="folder">The folder.</param>
    public static void Write(StudyResults results, Ledger ledger, IReadOnlyList<Definition> provenance, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        foreach (var (name, make) in Tables)
        {
            var path = Path.Combine(folder, "tables", name + ".csv");
            if (make(results, ledger) is { } table) Labelled(table, results.IsSimulated).SaveCsv(path);
            else if (File.Exists(path)) File.Delete(path);
        }

        LedgerJson.Write(ledger, Path.Combine(folder, "findings.json"));
        var report = StudyReport.Build(results, ledger, provenance);
        ReportPage.Write(report, Path.Combine(folder, "report.html"), PlotlyAsset.Find());
        RunFigures.Write(report, folder);
    }

    // A table that leaves its folder must still say what it is made of.
    private static Frame Labelled(Frame table, bool isSimulated) =>
        table.With(new TextColumn("source_kind", new int[table.RowCount], [isSimulated ? "simulated" : "real"]));
}
