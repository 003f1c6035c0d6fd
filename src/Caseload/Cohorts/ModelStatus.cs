using Caseload.Areas;
using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Cohorts;

/// <summary>Says of each child whether it is part of the model, and if not, why.</summary>
internal static class ModelStatus
{
    /// <summary>The label of the step at which the cohort stands complete.</summary>
    internal const string CohortStep = "Children first referred in the cohort year";

    private const string NotSampled = "not-sampled";

    private static readonly (string Status, string Reason)[] Reasons =
    [
        ("age-group-unknown", "Age group not recorded"),
        ("sex-unknown", "Sex not recorded"),
        ("disability-unknown", "Disability not recorded"),
        ("nfa-unknown", "No further action not recorded"),
        ("need-unknown", "Primary need not recorded"),
        ("area-unknown", "No area figures for the authority"),
        (NotSampled, "Complete, and not drawn for the sample"),
    ];

    /// <summary>The cohort with the figures of its authorities and the status of each child.</summary>
    internal static Frame AddAreas(Frame cohort, AreaTable areas, ModelSelection selection)
    {
        var authority = cohort.Text("authority");
        var byCode = areas.Areas.ToDictionary(a => a.Authority, StringComparer.Ordinal);
        var known = authority.Levels.Select(byCode.GetValueOrDefault).ToArray();
        NumberColumn Spread(string name, Func<Area, double?> figure)
        {
            var figures = known.Select(area => area is null ? double.NaN : figure(area) ?? double.NaN).ToArray();
            return new NumberColumn(name, Array.ConvertAll(authority.Codes.ToArray(), code => figures[code]));
        }

        var joined = cohort
            .With(Spread("referral_rate_per_10000", a => a.ReferralRatePer10000))
            .With(Spread("cin_per_social_worker", a => a.CinPerSocialWorker));

        // Columns that a reviewer asks for stand in the cohort where the area table has them.
        if (areas.Areas.Any(a => a.FirstReferralRatePer10000 is not null))
            joined = joined.With(Spread("first_referral_rate_per_10000", a => a.FirstReferralRatePer10000));
        if (areas.Areas.Any(a => a.Region is not null))
            joined = joined.With(Words(authority, "region", [.. known.Select(a => a?.Region)]));
        if (areas.Areas.Any(a => a.Deprivation is not null)) joined = joined.With(Spread("deprivation", a => a.Deprivation));
        if (areas.Figures is { Rate: RateChoice.First })
            joined = joined.With(Words(authority, "rate_choice", [.. known.Select(_ => "first")]));
        return Add(joined, selection);
    }

    // The word of each authority beside its children.
    private static TextColumn Words(TextColumn authority, string name, string?[] words)
    {
        var levels = words.OfType<string>().Distinct().ToArray();
        var codes = words.Select(word => word is null ? TextColumn.Missing : Array.IndexOf(levels, word)).ToArray();
        return new TextColumn(name, [.. authority.Codes.ToArray().Select(code => code < 0 ? TextColumn.Missing : codes[code])], levels);
    }

    /// <summary>
    /// The cohort with the status of each child, and with every covariate that it lacks. A child of whom the cohort says already that it
    /// was not drawn for a sample stays out.
    /// </summary>
    internal static Frame Add(Frame cohort, ModelSelection selection)
    {
        var missing = MissingCovariates.Of(cohort);
        var status = new TextColumnBuilder("status");
        var eligible = cohort.Flag("eligible").Values;
        var undrawn = Undrawn(cohort);
        var codes = new[] { "age-unknown", "aged-out", Cohort.Modelled, NotSampled }.Concat(Reasons.Select(r => r.Status))
            .Distinct().ToDictionary(s => s, status.CodeOf, StringComparer.Ordinal);
        var firstOf = MissingCovariates.Names.Select(name => codes[name + "-unknown"]).ToArray();
        var (young, complete) = (0, new List<int>());
        var cells = new int[cohort.RowCount];
        for (var row = 0; row < cells.Length; row++)
        {
            young += eligible[row] == 1 ? 1 : 0;
            cells[row] = eligible[row] < 0 ? codes["age-unknown"]
                : eligible[row] == 0 ? codes["aged-out"]
                : missing.First(row) is var first and >= 0 ? firstOf[first]
                : undrawn(row) ? codes[NotSampled]
                : codes[Cohort.Modelled];
            if (cells[row] == codes[Cohort.Modelled]) complete.Add(row);
        }

        if (selection.Choice == ModelChoice.Sample)
        {
            var child = cohort.Integer("child").Values.ToArray();
            var drawn = selection.Draw([.. complete.Select(row => child[row])], selection.Size(young, complete.Count));
            for (var i = 0; i < drawn.Length; i++) cells[complete[i]] = drawn[i] ? codes[Cohort.Modelled] : codes[NotSampled];
        }

        foreach (var cell in cells) status.AddCode(cell);
        return cohort.With(status.Build()).With(missing.ToColumn());
    }

    /// <summary>The steps from the cohort to the eligible and the modelled children.</summary>
    internal static IEnumerable<FlowStep> Flow(Frame cohort)
    {
        var status = cohort.Text("status");
        var counts = status.Codes.ToArray().GroupBy(code => code)
            .ToDictionary(g => status.Levels[g.Key], g => g.Count(), StringComparer.Ordinal);
        int Count(string name) => counts.GetValueOrDefault(name);
        Exclusion[] Those(params (string Status, string Reason)[] of) =>
            [.. of.Where(r => Count(r.Status) > 0).Select(r => new Exclusion(r.Reason, Count(r.Status)))];
        yield return new FlowStep("Eligible by age at the end of follow-up", cohort.RowCount - Count("aged-out") - Count("age-unknown"),
            Those(("aged-out", "18 or over at the end of follow-up"), ("age-unknown", "No date of birth")));
        yield return new FlowStep("Children in the model", Count(Cohort.Modelled), Those(Reasons));
    }

    private static Func<int, bool> Undrawn(Frame cohort)
    {
        if (cohort.Find("status") is not TextColumn status) return _ => false;
        var code = status.Levels.ToList().IndexOf(NotSampled);
        return row => code >= 0 && status.Codes[row] == code;
    }
}
