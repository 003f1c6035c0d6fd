using Caseload.Areas;
using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Cohorts;

/// <summary>Says of each child whether it is part of the model, and if not, the first reason why.</summary>
internal static class ModelStatus
{
    /// <summary>The label of the step at which the cohort stands complete.</summary>
    internal const string CohortStep = "Children first referred in the cohort year";

    private static readonly (string Status, string Reason)[] Reasons =
    [
        ("age-group-unknown", "Age group not recorded"),
        ("sex-unknown", "Sex not recorded"),
        ("disability-unknown", "Disability not recorded"),
        ("need-unknown", "Primary need not recorded"),
        ("area-unknown", "No area figures for the authority"),
    ];

    /// <summary>The cohort with the figures of its authorities and the status of each child.</summary>
    internal static Frame AddAreas(Frame cohort, AreaTable areas)
    {
        var authority = cohort.Text("authority");
        var byCode = areas.Areas.ToDictionary(a => a.Authority, StringComparer.Ordinal);
        var known = authority.Levels.Select(byCode.GetValueOrDefault).ToArray();
        NumberColumn Spread(string name, Func<Area, double?> figure) =>
            new(name, [.. authority.Codes.ToArray().Select(code => known[code] is { } area ? figure(area) ?? double.NaN : double.NaN)]);
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
        return Add(joined);
    }

    // The word of each authority beside its children.
    private static TextColumn Words(TextColumn authority, string name, string?[] words)
    {
        var levels = words.OfType<string>().Distinct().ToArray();
        var codes = words.Select(word => word is null ? TextColumn.Missing : Array.IndexOf(levels, word)).ToArray();
        return new TextColumn(name, [.. authority.Codes.ToArray().Select(code => code < 0 ? TextColumn.Missing : codes[code])], levels);
    }

    /// <summary>The cohort with the status of each child.</summary>
    internal static Frame Add(Frame cohort)
    {
        var eligible = cohort.Flag("eligible");
        var ageGroup = cohort.Text("age_group");
        var sex = cohort.Text("sex");
        var disabled = cohort.Flag("disabled");
        var need = cohort.Text("need");
        var rate = cohort.Number("referral_rate_per_10000");
        var cin = cohort.Number("cin_per_social_worker");
        return cohort.With(TextColumn.Of("status", Enumerable.Range(0, cohort.RowCount).Select(row =>
            eligible[row] is not { } young ? "age-unknown"
            : !young ? "aged-out"
            : ageGroup.IsMissing(row) ? "age-group-unknown"
            : sex[row] is not ("male" or "female") ? "sex-unknown"
            : disabled.IsMissing(row) ? "disability-unknown"
            : need.IsMissing(row) ? "need-unknown"
            : rate.IsMissing(row) || cin.IsMissing(row) ? "area-unknown"
            : Cohort.Modelled)));
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
}
