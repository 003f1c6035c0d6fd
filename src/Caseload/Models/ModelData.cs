using Caseload.Cohorts;
using Caseload.Frames;

namespace Caseload.Models;

/// <summary>
/// The modelled children as the study's model sees them. How the report coded age, centred the area figures or chose its reference groups
/// was never published: what stands here is the kit's own choice, and the report says so.
/// </summary>
public static class ModelData
{
    /// <summary>CIN per social worker at which <c>cin_5</c> is 0: the threshold of which the report speaks.</summary>
    public const double CinCentre = 10;

    /// <summary>How many CIN per social worker make one unit of <c>cin_5</c>.</summary>
    public const double CinUnit = 5;

    /// <summary>Referrals per 10,000 at which <c>rate_250</c> is 0: the national median that the report names.</summary>
    public const double RateCentre = 550;

    /// <summary>How many referrals per 10,000 make one unit of <c>rate_250</c>.</summary>
    public const double RateUnit = 250;

    /// <summary>
    /// The columns of the model: <c>rereferred, authority, age_group, female, disabled_other, nfa, need, cin_5, rate_250</c>. A disability
    /// counts in <c>disabled_other</c> where it is not the primary need, because the report found it to matter there.
    /// </summary>
    /// <param name="cohort">The cohort.</param>
    public static Frame Of(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var children = cohort.ModelledChildren;
        var rows = Enumerable.Range(0, children.RowCount).ToArray();
        var (sex, need) = (children.Text("sex"), children.Text("need"));
        var (disabled, nfa, rereferred) = (children.Flag("disabled"), children.Flag("nfa"), children.Flag("rereferred"));
        IntegerColumn Dummy(string name, Func<int, bool> holds) => new(name, [.. rows.Select(row => holds(row) ? 1 : 0)]);
        NumberColumn Scaled(string name, string source, double centre, double unit) =>
            new(name, [.. children.Number(source).Values.ToArray().Select(v => (v - centre) / unit)]);
        return new Frame([
            Dummy("rereferred", row => rereferred[row] == true),
            children.Text("authority"),
            children.Text("age_group"),
            Dummy("female", row => sex[row] == "female"),
            Dummy("disabled_other", row => disabled[row] == true && need[row] != "N2"),
            Dummy("nfa", row => nfa[row] == true),
            need,
            Scaled("cin_5", "cin_per_social_worker", CinCentre, CinUnit),
            Scaled("rate_250", "referral_rate_per_10000", RateCentre, RateUnit),
        ]);
    }
}
