using System.Globalization;
using Caseload.Descriptives;
using Caseload.Disclosure;
using Caseload.Results;

namespace Caseload.Findings;

/// <summary>Holds the published findings of the study against the results of a run.</summary>
public static class LedgerBuilder
{
    private const int StudyYear = 2011;
    private const string Exact = "exact: a count";
    private const string NotHeld = "not in these data";

    /// <summary>Makes the ledger.</summary>
    /// <param name="results">The results of a run.</param>
    public static Ledger Build(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        Claim[] claims = [.. Counts(results), .. Rates(results), .. Needs(results), .. ModelClaims.Of(results.Models)];
        return new Ledger(results.IsSimulated, results.Settings.CohortYear == StudyYear ? claims : [.. claims.Select(OtherYear)], Unpublished);
    }

    private static IEnumerable<Claim> Counts(StudyResults r) =>
    [
        Count("cohort-children", "Children first referred in 2010-11", 498_867, r.Children.Cohort),
        Count("cohort-authorities", "Local authorities in the cohort", 145, r.Authorities.Cohort),
        Count("eligible-children", "Children under 18 at the end of 2015-16", 366_196, r.Children.Eligible),
        Count("model-children", "Children in the multilevel model", 90_209, r.Children.Modelled),
        Count("model-authorities", "Local authorities in the multilevel model", 144, r.Authorities.Modelled),
    ];

    private static IEnumerable<Claim> Rates(StudyResults r)
    {
        var o = r.Outcomes;
        var hidden = ReleasedYear.Of(o, DisclosurePolicy.For(r.IsSimulated)).Where(y => y.All.IsSuppressed).Select(y => y.Year).ToHashSet();
        Claim Released(int year, Claim claim) => !hidden.Contains(year) ? claim : claim with
        {
            Reproduced = DisclosurePolicy.Mark, Status = ClaimStatus.NotTestable, Reading = "Suppressed: it would give away a count from 1 to 5.",
        };
        yield return Share("eligible-rereferred", "Re-referred by the end of 2015-16, of the eligible", 0.545, 0.005, o.Eligible);
        foreach (var claim in AuthorityRange(r)) yield return claim;
        yield return Released(2011, Share("cumulative-2011", "Re-referred within the same year, of all", 0.15, 0.02, At(o, 2011)?.All, "about"));
        yield return Released(2012, Share("cumulative-2012", "Re-referred by 2011-12, of all", 0.30, 0.02, At(o, 2012)?.All, "about"));
        yield return Released(2016, Share("cumulative-2016", "Re-referred by 2015-16, of all", 0.50, 0.01, At(o, 2016)?.All));
        yield return Released(2015, Share("cumulative-2015-eligible", "Re-referred by 2014-15: more than half", 0.50, 0.05, At(o, 2015)?.Eligible, "more than") with
        {
            Status = At(o, 2015) is { } point ? (point.Eligible.Value > 0.5 ? ClaimStatus.Reproduced : ClaimStatus.Differs) : ClaimStatus.NotTestable,
            Tolerance = "more than half",
            Reading = "Another account gives this figure; beside 50% of all a year later it can only be of the eligible.",
        });
        yield return Share("three-or-more-years", "Re-referred in at least 3 of the 6 years, of all", 0.09, 0.01, Known(o.InThreeYears), "about");
        yield return Share("three-or-more-years-rereferred", "Re-referred in at least 3 of the 6 years, of the re-referred", 0.17, 0.01, Known(o.InThreeYearsOfRereferred));
        foreach (var (year, share) in new[] { (2011, 0.31), (2012, 0.23), (2015, 0.18) })
        {
            yield return Share($"nfa-{year}", $"Re-referrals of {year - 1}-{year % 100} that ended in no further action", share, 0.02,
                o.Nfa.FirstOrDefault(n => n.Year == year)?.Nfa) with { Reading = "Counted over first re-referrals of the year." };
        }

        yield return Share("same-need-year", "Re-referred for the same primary need, within a year", 0.70, 0.02, Known(o.SameNeedWithinYear)) with { Reading = BothNeeds };
        yield return Share("same-need-later", "Re-referred for the same primary need, from 2012-13 on", 0.50, 0.05, Known(o.SameNeedLater), "about") with { Reading = BothNeeds };
        yield return new Claim("looked-after", "Became looked after following the first referral", "about 8%", "", "", ClaimStatus.NotTestable,
            "Being looked after is not an item of the census: returns alone cannot answer.");
    }

    private const string BothNeeds = "Counted over first re-referrals where both primary needs are recorded.";

    private static IEnumerable<Claim> Needs(StudyResults r)
    {
        var needs = r.RiskGroups.Where(g => g.Variable == "need" && g.Code.Length > 0).ToArray();
        var recorded = needs.Sum(g => g.All.Of);
        Proportion? Of(string code) => recorded == 0 ? null : new Proportion(needs.Where(g => g.Code == code).Sum(g => g.All.Of), recorded);
        yield return Share("need-n1", "Primary need at the first referral: abuse or neglect", 0.40, 0.01, Of("N1"));
        yield return Share("need-n5", "Primary need at the first referral: family dysfunction", 0.187, 0.01, Of("N5"));
        yield return Share("need-n4", "Primary need at the first referral: family in acute stress", 0.104, 0.01, Of("N4"));
    }

    private static IEnumerable<Claim> AuthorityRange(StudyResults r)
    {
        // Small authorities are left out as they would be in any table that names authorities.
        var policy = DisclosurePolicy.Standard;
        var rates = r.AuthorityRates.Where(a => policy.MayName(a.Rereferred.Of)).Select(a => a.Rereferred.Value).ToArray();
        var reading = "Of the eligible children of each authority; authorities with fewer than 10 are left out. 7% beside 63% is more than a normal spread "
            + "allows: most likely identifiers that did not carry over.";
        foreach (var (id, word, share, value) in new[]
        {
            ("la-minimum", "lowest", 0.07, rates.DefaultIfEmpty(double.NaN).Min()), ("la-maximum", "highest", 0.63, rates.DefaultIfEmpty(double.NaN).Max()),
        })
        {
            var status = double.IsNaN(value) ? ClaimStatus.NotTestable : Math.Abs(value - share) <= 0.01 ? ClaimStatus.Reproduced : ClaimStatus.Differs;
            yield return new Claim(id, $"Re-referral rate of the local authority with the {word}", Percent(share), Percent(value), "1 percentage point", status, reading);
        }
    }

    private static Claim OtherYear(Claim claim) => claim with
    {
        Status = ClaimStatus.NotTestable, Reading = "Published of the children first referred in 2010-11; this is another cohort.",
    };

    private static Claim Count(string id, string statement, int published, int reproduced) => new(
        id, statement, Whole(published), Whole(reproduced), Exact, published == reproduced ? ClaimStatus.Reproduced : ClaimStatus.Differs);

    private static Claim Share(string id, string statement, double published, double tolerance, Proportion? reproduced, string word = "")
    {
        var text = (word.Length > 0 ? word + " " : "") + Percent(published);
        var within = string.Create(CultureInfo.InvariantCulture, $"{100 * tolerance:0.#} percentage {(tolerance <= 0.01 && tolerance > 0.005 ? "point" : "points")}");
        if (reproduced is not { Of: > 0 } p) return new Claim(id, statement, text, NotHeld, within, ClaimStatus.NotTestable);
        return DisclosurePolicy.Standard.Release([p])[0].IsSuppressed
            ? new Claim(id, statement, text, DisclosurePolicy.Mark, within, ClaimStatus.NotTestable, "Suppressed: a count from 1 to 5.")
            : new Claim(id, statement, text, Percent(p.Value), within, Math.Abs(p.Value - published) <= tolerance ? ClaimStatus.Reproduced : ClaimStatus.Differs);
    }

    private static CumulativePoint? At(Outcomes outcomes, int year) => outcomes.Cumulative.FirstOrDefault(p => p.Year == year);

    private static Proportion? Known(Proportion p) => p.Of == 0 ? null : p;

    private static string Whole(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => double.IsNaN(share) ? NotHeld : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static readonly NeverPublished[] Unpublished =
    [
        new("Software and estimator (quasi-likelihood, Laplace or MCMC)", "Maximum likelihood by the Laplace approximation, in this kit's own engine."),
        new("How age was coded", "Groups: unborn, under 1, 1-4, 5-9, 10-12 (the oldest that can still be under 18)."),
        new("Centring of the area figures", "CIN per social worker at 10 in units of 5; referrals per 10,000 at 550 in units of 250."),
        new("The full list of covariates", "Age group, sex, disability that is not the primary need, no further action, primary need, the two area figures, their interaction."),
        new("Reference groups", "10-12 year olds; absent parenting (N8)."),
        new("Every coefficient, odds ratio and standard error", "Printed from this run; nothing to compare them with."),
        new("The variance between authorities, the VPC", "Printed from this run; nothing to compare them with."),
        new("Predicted probabilities", "Printed from this run as means over the modelled children."),
        new("Why 90,209 of 366,196 children entered the model", "Complete cases; the reasons are counted in the flow diagram."),
        new("The source of CIN per social worker for 2010-11", "Whatever the area table brings, with its year; no file gives it before 2013."),
    ];
}
