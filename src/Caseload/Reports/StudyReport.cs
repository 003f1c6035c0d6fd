using System.Globalization;
using Caseload.Areas;
using Caseload.Figures;
using Caseload.Findings;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The report of a run: what it found, how, and what it cannot say.</summary>
public static class StudyReport
{
    /// <summary>Makes the report.</summary>
    /// <param name="results">The results of a run.</param>
    /// <param name="ledger">The published findings beside those of the run.</param>
    /// <param name="provenance">Where the numbers come from.</param>
    public static Report Build(StudyResults results, Ledger ledger, IReadOnlyList<Definition> provenance)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(ledger);
        return new Report
        {
            Title = "Repeated referrals to children's services",
            Subtitle = $"Children first referred in {results.Settings.CohortLabel}, "
                + $"followed to {results.Settings.FollowUpEnd.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}",
            DataKind = results.IsSimulated ? DataKind.Simulated : DataKind.Real,
            Notice = results.Policy.Notice,
            Provenance = provenance,
            Sections =
            [
                Summary(results, ledger),
                Cohort(results),
                .. LinkageSection.Of(results),
                Outcome(results),
                RiskGroups(results),
                .. results.Release().Models is null ? [NoModel(results)] : ModelSections.Of(results),
                .. MissingDataSection.Of(results),
                Published(ledger),
                Unpublished(ledger),
                Limitations(results),
            ],
        };
    }

    private static Section Summary(StudyResults r, Ledger ledger)
    {
        var kind = r.IsSimulated
            ? "**These data are simulated.** No child and no authority in them exists. "
                + "The page shows what the kit makes of real returns, and whether its steps work; it is no evidence about England."
            : r.Policy.IsOff ? $"These are real data. **{Prose.Literal(r.Policy.Notice)}**"
            : "These are real data. Disclosure control is on: " + Prose.Literal(r.Policy.Words) + ".";
        var (o, policy) = (r.Release(), r.Policy);
        return new Section("What this run found",
        [
            new Prose(kind),
            new KeyFigures(
            [
                new KeyFigure(policy.Write(o.Children), "children first referred in " + r.Settings.CohortLabel,
                    $"in {r.Authorities.Cohort} authorities; published: 498,867 in 145"),
                new KeyFigure(policy.Write(o.RereferredOfEligible), "re-referred, of the eligible by age",
                    $"of {policy.Write(o.Eligible)}; published: 54.5% of 366,196"),
                new KeyFigure(policy.Write(o.Rereferred), "re-referred, of all children", "published: 50%"),
                new KeyFigure(policy.Write(o.InModel), "children in the multilevel model",
                    $"in {r.Authorities.Modelled} authorities; published: 90,209 in 144"),
            ]),
            new Prose($"Of {ledger.Claims.Count} published findings, this run reproduces {ledger.Count(ClaimStatus.Reproduced)}, "
                + $"differs on {ledger.Count(ClaimStatus.Differs)}, is inconclusive on {ledger.Count(ClaimStatus.Inconclusive)}, "
                + $"and cannot test {ledger.Count(ClaimStatus.NotTestable)}. " + (r.IsSimulated ? Ledger.SimulatedNote : "")),
        ]);
    }

    private static Section Cohort(StudyResults r) => new("Who is in the study",
    [
        new FigureBlock(StudyFigures.Flow(r)),
        .. r.Cases.Count == 0 ? Array.Empty<Block>() : [StudyBlocks.Cases(r)],
        .. r.Oddities.Count == 0 ? Array.Empty<Block>() : !r.Policy.ShowsAll ?
            [new Prose($"Odd things about the data were told when they were read ({r.Oddities.Count} in all; "
                + "`caseload validate` lists them). "
                + "They count single children, so they are not repeated here.")] :
            [new Prose("What is odd about the data, and should be looked at before they are trusted:\n\n"
                + string.Concat(r.Oddities.Select(o => $"- {Prose.Literal(o)}\n")))],
        StudyBlocks.Representation(r),
        FollowUpBlocks.Incomplete(r),
    ]);

    private static Section Outcome(StudyResults r) => new("Re-referral over time",
    [
        .. r.Outcomes.Cumulative.Count == 0
            ? [new Prose("No child was re-referred, or the cohort file does not say in which year.")]
            : new Block[] { new FigureBlock(StudyFigures.Cumulative(r)), StudyBlocks.Cumulative(r) },
        .. r.TimeToRereferral.FromReferral.Count == 0
            ? Array.Empty<Block>()
            : [new FigureBlock(StudyFigures.Returned(r)), FollowUpBlocks.Survival(r)],
    ]);

    private static Section RiskGroups(StudyResults r) => new("Re-referral by risk group",
        [new FigureBlock(StudyFigures.RiskGroups(r)), StudyBlocks.RiskGroups(r)]);

    private static Section NoModel(StudyResults r) => new("The multilevel model",
        [new Prose("No model could be estimated.\n\n"
            + Prose.Literal(r.Release().ModelObstacle!.Found) + ". " + Prose.Literal(r.Release().ModelObstacle!.Remedy))]);

    private static Section Published(Ledger ledger) => new("Published findings beside this run",
    [
        new Prose(ledger.IsSimulated
            ? Ledger.SimulatedNote + " The simulation was made to meet some of these figures, "
                + "so meeting them shows that the steps between do no harm, and nothing else."
            : "A finding that does not reproduce is shown as such."),
        StudyBlocks.Claims(ledger),
        StudyBlocks.ClaimRules(ledger),
    ]);

    private static Section Unpublished(Ledger ledger) => new("What was never published",
    [
        new Prose("The report leaves these open. Nothing is guessed: the kit's own choice stands beside each."),
        StudyBlocks.NeverPublished(ledger),
    ]);

    private static Section Limitations(StudyResults r) => new("Limitations", [new Prose(string.Join('\n',
        $"- **Left truncation.** A first referral here is the first of {r.Settings.CohortLabel}. "
            + "In the national figures of 2010-11 at least 8% of such children had a referral in the year before.",
        "- **The outcome is part of its predictor.** A re-referral is a referral, "
            + (r.AreaFigures is { Rate: RateChoice.First }
                ? "so the rate here leaves re-referrals within 12 months out; those after longer it still holds."
                : "so a high referral rate holds the re-referrals that it is to explain."),
        $"- **The year of CIN per social worker.** {AreaYears(r)} "
            + "No published file gives it before 2013, after most outcomes of the cohort of 2010-11.",
        "- **Authorities differ in more than two figures.** Deprivation and region are not in the model.",
        "- **A child who moves is two children.** Years are linked within an authority.",
        "- **Complete cases only.** The table of modelled and other children shows how they differ.",
        "- **Only the direction of the model's effects was published,** so no coefficient can be compared."))]);

    private static string AreaYears(StudyResults r) =>
        r.IsSimulated ? "The area figures here are simulated from the published distributions of 2010-11 (referrals) "
            + "and 2017 (CIN per social worker)."
        : r.AreaFigures is { } figures ? figures.ToString()
        : "The cohort file brings the area figures; their year is not known.";
}
