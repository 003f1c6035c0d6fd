using Caseload.Cohorts.Cleaning;
using Caseload.Frames;
using Caseload.Returns;

namespace Caseload.Cohorts;

/// <summary>What a person is told where the returns hold no cohort.</summary>
internal static class NoCohort
{
    // Old dates in a later return are cases that were still open then: they are no sample of the children referred in their year.
    internal static ProblemException Problem(ReturnSet returns, ReferralRows referrals, CohortSettings settings)
    {
        var used = referrals.Referral.Where(day => day != DateColumn.Missing).ToArray();
        var dates = used.Length == 0
            ? "no usable referral"
            : $"usable referrals dated from {DateOnly.FromDayNumber(used.Min()).Year} to {DateOnly.FromDayNumber(used.Max()).Year}";
        var held = returns.Years.Count == 0
            ? "no census year"
            : $"the census {(returns.Years.Count == 1 ? "year" : "years")} {string.Join(", ", returns.Years)}";
        return new ProblemException(new Problem(
            ProblemKind.CheckFailed,
            $"no return with referrals of the cohort year; the returns hold {held}, with {dates}",
            FormattableString.Invariant(
                $"the census of {settings.CohortYear}, with referrals between {settings.Start:yyyy-MM-dd} and {settings.End:yyyy-MM-dd}"),
            string.Join(", ", returns.Files.Take(5)) + (returns.Files.Count > 5 ? $" and {returns.Files.Count - 5} more" : ""),
            "Choose another cohort year with --cohort-year, or add the returns of that year."));
    }
}
