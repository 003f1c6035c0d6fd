using System.Globalization;
using Caseload.Disclosure;
using Caseload.Results;

namespace Caseload.Findings;

/// <summary>Holds the published findings of the study against the results of a run.</summary>
public sealed class LedgerBuilder
{
    private const int StudyYear = 2011;
    private const int LastStudyYear = 2016;
    private const int StudyAuthorities = 145;

    // What is known before the end of the study's follow-up.
    private static readonly string[] KnownEarly = ["cohort-", "cumulative-", "nfa-", "need-", "same-need-year"];
    private const string Exact = "exact: a count";
    private const string NotHeld = "not in these data";

    // The fewest children whose authority counts in the range, whatever the policy: a rate of a few says nothing.
    private const int SmallestAuthority = 10;

    private readonly StudyResults results;
    private readonly StudyRelease release;
    private readonly DisclosurePolicy policy;

    private LedgerBuilder(StudyResults results) => (this.results, release, policy) = (results, results.Release(), results.Policy);

    /// <summary>Makes the ledger.</summary>
    /// <param name="results">The results of a run.</param>
    public static Ledger Build(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var builder = new LedgerBuilder(results);
        Claim[] national = [.. builder.Counts(), .. builder.Rates(), .. builder.Needs()];
        Claim[] model = [.. ModelClaims.Of(builder.release.Models)];
        if (!results.IsSimulated && results.Authorities.Cohort < StudyAuthorities)
            national = [.. national.Select(c => PartOfCountry(c, results.Authorities.Cohort))];
        Claim[] claims = [.. national, .. model];
        if (results.Settings.LastYear < LastStudyYear)
            claims = [.. claims.Select(c => KnownEarly.Any(c.Id.StartsWith) ? c : ShortFollowUp(c))];
        return new Ledger(
            results.IsSimulated, results.Settings.CohortYear == StudyYear ? claims : [.. claims.Select(OtherYear)], Unpublished);
    }

    private IEnumerable<Claim> Counts() =>
    [
        Count("cohort-children", "Children first referred in 2010-11", 498_867, release.Children),
        Count("cohort-authorities", "Local authorities in the cohort", StudyAuthorities, results.Authorities.Cohort, isOfChildren: false),
        Count("eligible-children", "Children under 18 at the end of 2015-16", 366_196, release.Eligible),
        Count("model-children", "Children in the multilevel model", 90_209, release.InModel),
        Count("model-authorities", "Local authorities in the multilevel model", 144, results.Authorities.Modelled, isOfChildren: false),
    ];

    private IEnumerable<Claim> Rates()
    {
        yield return Share(
            "eligible-rereferred", "Re-referred by the end of 2015-16, of the eligible", new("54.5%", 0.545, 0.005),
            release.RereferredOfEligible);
        foreach (var claim in AuthorityRange()) yield return claim;
        yield return Share("cumulative-2011", "Re-referred within the same year, of all", new("about 15%", 0.15, 0.02), At(2011)?.All);
        yield return Share("cumulative-2012", "Re-referred by 2011-12, of all", new("about 30%", 0.30, 0.02), At(2012)?.All);
        yield return Share("cumulative-2016", "Re-referred by 2015-16, of all", new("50%", 0.50, 0.01), At(2016)?.All);
        yield return MoreThanHalf(At(2015)?.Eligible);
        yield return Share(
            "three-or-more-years", "Re-referred in at least 3 of the 6 years, of all", new("about 9%", 0.09, 0.01), release.InThreeYears);
        yield return Share(
            "three-or-more-years-rereferred", "Re-referred in at least 3 of the 6 years, of the re-referred", new("17%", 0.17, 0.01),
            release.InThreeYearsOfRereferred);
        foreach (var (year, published) in new[]
        {
            (2011, new PublishedShare("31%", 0.31, 0.02)), (2012, new("23%", 0.23, 0.02)), (2015, new("18%", 0.18, 0.02)),
        })
        {
            yield return Share($"nfa-{year}", $"Re-referrals of {year - 1}-{year % 100} that ended in no further action", published,
                At(year)?.Nfa).Read("Counted over first re-referrals of the year.");
        }

        const string BothNeeds = "Counted over first re-referrals where both primary needs are recorded.";
        yield return Share(
            "same-need-year", "Re-referred for the same primary need, within a year", new("70%", 0.70, 0.02),
            release.SameNeedWithinYear).Read(BothNeeds);
        yield return Share(
            "same-need-later", "Re-referred for the same primary need, from 2012-13 on", new("about half", 0.50, 0.05),
            release.SameNeedLater).Read(BothNeeds);
        yield return new Claim(
            "looked-after", "Became looked after following the first referral", "about 8%", "", "", ClaimStatus.NotTestable,
            "Being looked after is not an item of the census: returns alone cannot answer.");
    }

    private Claim MoreThanHalf(Released? eligible)
    {
        var claim = Share(
            "cumulative-2015-eligible", "Re-referred by the end of 2014-15, of the eligible", new("more than 50%", 0.5, 0.5),
            eligible) with { Tolerance = "more than half" };
        var status = claim.Status == ClaimStatus.NotTestable ? claim.Status
            : eligible!.Value > 0.5 ? ClaimStatus.Reproduced
            : ClaimStatus.Differs;
        return (claim with { Status = status }).Read(
            "Another account gives this figure; beside 50% of all a year later it can only be of the eligible.");
    }

    private IEnumerable<Claim> Needs()
    {
        Released Of(string code) => release.ShareOf("need", code);
        yield return Share("need-n1", "Primary need at the first referral: abuse or neglect", new("40%", 0.40, 0.01), Of("N1"));
        yield return Share("need-n5", "Primary need at the first referral: family dysfunction", new("18.7%", 0.187, 0.01), Of("N5"));
        yield return Share("need-n4", "Primary need at the first referral: family in acute stress", new("10.4%", 0.104, 0.01), Of("N4"));
    }

    private IEnumerable<Claim> AuthorityRange()
    {
        // Small authorities are left out as they would be in any table that names authorities.
        var rates = release.AuthorityRates.Select(a => a.Rereferred)
            .Where(p => p.Of >= SmallestAuthority).OrderBy(p => p.Value).Select(policy.Show).ToArray();
        const string Reading = "Of the eligible children of each authority; authorities with fewer than 10 are left out. "
            + "7% beside 63% is more than a normal spread allows: most likely identifiers that did not carry over.";
        yield return Share(
            "la-minimum", "Lowest re-referral rate of a local authority", new("7%", 0.07, 0.01),
            rates.Length == 0 ? null : rates[0]).Read(Reading);
        yield return Share(
            "la-maximum", "Highest re-referral rate of a local authority", new("63%", 0.63, 0.01),
            rates.Length == 0 ? null : rates[^1]).Read(Reading);
    }

    private static Claim OtherYear(Claim claim) => (claim with { Status = ClaimStatus.NotTestable })
        .Read("Published of the children first referred in 2010-11; this is another cohort.");

    private static Claim ShortFollowUp(Claim claim) => (claim with { Status = ClaimStatus.NotTestable })
        .Read("Published of follow-up to 31 March 2016; that of these data ends before.");

    private static Claim PartOfCountry(Claim claim, int authorities) => (claim with { Status = ClaimStatus.NotTestable })
        .Read(FormattableString.Invariant($"Published of {StudyAuthorities} authorities; these data hold {authorities}."));

    // The status is that of the count shown, rounded as it is: the published one, rounded alike, is what it is held against.
    private Claim Count(string id, string statement, int published, int? reproduced, bool isOfChildren = true) => new(
        id, statement, published.ToString("N0", CultureInfo.InvariantCulture), policy.Write(reproduced), Exact,
        reproduced is null ? ClaimStatus.NotTestable
        : reproduced == (isOfChildren ? policy.Round(published) : published) ? ClaimStatus.Reproduced
        : ClaimStatus.Differs);

    private Claim Share(string id, string statement, PublishedShare published, Released? reproduced)
    {
        var within = string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * published.Tolerance:0.#} percentage {(published.Tolerance == 0.01 ? "point" : "points")}");
        if (reproduced is null or { IsSuppressed: false, Total: 0 })
            return new Claim(id, statement, published.Text, NotHeld, within, ClaimStatus.NotTestable);

        // The status is that of the figure shown: an exact one behind it would be told by the status.
        return reproduced.Value is not { } shown
            ? new Claim(id, statement, published.Text, policy.Mark, within, ClaimStatus.NotTestable, "Suppressed by disclosure control.")
            : new Claim(id, statement, published.Text, policy.Write(reproduced), within,
                Math.Abs(shown - published.Value) <= published.Tolerance ? ClaimStatus.Reproduced : ClaimStatus.Differs);
    }

    private ReleasedYear? At(int year) => release.Years.FirstOrDefault(y => y.Year == year);

    private static readonly NeverPublished[] Unpublished =
    [
        new("Software and estimator (quasi-likelihood, Laplace or MCMC)",
            "Maximum likelihood by the Laplace approximation, in this kit's own engine; the interaction by quadrature and quasi-likelihood "
            + "beside it."),
        new("How age was coded", "Groups: unborn, under 1, 1-4, 5-9, 10-12 (the oldest that can still be under 18)."),
        new("Centring of the area figures", "CIN per social worker at 10 in units of 5; referrals per 10,000 at 550 in units of 250."),
        new("The full list of covariates",
            "Age group, sex, disability that is not the primary need, no further action, primary need, the two area figures, "
            + "their interaction."),
        new("Reference groups", "10-12 year olds; absent parenting (N8)."),
        new("Every coefficient, odds ratio and standard error", "Printed from this run; nothing to compare them with."),
        new("The variance between authorities, the VPC", "Printed from this run; nothing to compare them with."),
        new("Predicted probabilities", "Printed from this run as means over the modelled children."),
        new("Why 90,209 of 366,196 children entered the model", "Complete cases; the reasons are counted in the flow diagram."),
        new("The source of CIN per social worker for 2010-11",
            "Whatever the area table brings, with its year; no file gives it before 2013."),
    ];

    /// <summary>A published share.</summary>
    /// <param name="Text">As it was printed.</param>
    /// <param name="Value">From 0 to 1.</param>
    /// <param name="Tolerance">How near counts as reproduced.</param>
    private sealed record PublishedShare(string Text, double Value, double Tolerance);
}
