using System.Globalization;
using Caseload.Cohorts;
using Caseload.Schemas;

namespace Caseload.Tests.Results;

/// <summary>A child of a cohort file, of whom everything may be said; null is an empty cell.</summary>
internal sealed record SampleChild
{
    public string Authority { get; init; } = "201";

    public string? AgeGroup { get; init; } = "5-9";

    public string? Sex { get; init; } = "male";

    public bool? Disabled { get; init; } = false;

    public bool? Nfa { get; init; } = false;

    public string? Need { get; init; } = "N1";

    public bool? Eligible { get; init; } = true;

    public bool Rereferred { get; init; }

    public bool? Within12 { get; init; }

    public int? RereferralYear { get; init; }

    public int? Days { get; init; }

    public int? Years { get; init; }

    public bool? RereferralNfa { get; init; }

    public string? RereferralNeed { get; init; }

    public double? Rate { get; init; } = 550;

    public double? Cin { get; init; } = 12;
}

/// <summary>Cohorts of sample children, written as a person would write them and read by the kit's own reader.</summary>
internal static class SampleCohort
{
    private const string Required = "child,authority,age_at_referral,age_group,sex,disabled,nfa,need,eligible,rereferred,referral_rate_per_10000,cin_per_social_worker";
    private const string Optional = ",rereferred_12_months,rereferral_year,days_to_rereferral,rereferral_years,rereferral_nfa,rereferral_need,source_kind";
    private static readonly string[] Ages = ["unborn", "0", "1-4", "5-9", "10-12", "13-15"];
    private static readonly string[] Needs = ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9"];

    public static Cohort Of(IReadOnlyList<SampleChild> children, bool simulated = false)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("cohort.csv", Csv(children, simulated));
        return CohortReader.Read(DataPackage.Load().Table("cohort"), path, new CohortSettings()).Cohort;
    }

    public static string Csv(IReadOnlyList<SampleChild> children, bool simulated = false) =>
        Required + Optional + "\n" + string.Concat(children.Select((c, i) => $"{Row(c, i + 1)},{Outcome(c)},{(simulated ? "simulated" : "real")}\n"));

    /// <summary>The same children in a file that has only the columns that the contract requires.</summary>
    public static string CsvWithoutOptional(IReadOnlyList<SampleChild> children) =>
        Required + "\n" + string.Concat(children.Select((c, i) => Row(c, i + 1) + "\n"));

    /// <summary>Children drawn at random, with everything that may be missing missing now and then.</summary>
    public static SampleChild[] Draw(int seed, int count)
    {
        var random = new Random(seed);
        T? Maybe<T>(T value)
            where T : class => random.Next(8) == 0 ? null : value;
        bool? Flag(int odds) => random.Next(8) == 0 ? null : random.Next(odds) == 0;
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var again = random.Next(2) == 0;
            var year = random.Next(2011, 2017);
            var authority = random.Next(4);
            return new SampleChild
            {
                Authority = (201 + authority).ToString(CultureInfo.InvariantCulture),
                AgeGroup = Maybe(Ages[random.Next(Ages.Length)]), Sex = Maybe(random.Next(2) == 0 ? "male" : "female"),
                Disabled = Flag(5), Nfa = Flag(5), Need = Maybe(Needs[random.Next(Needs.Length)]), Eligible = Flag(3) is { } old ? !old : null,
                Rereferred = again, RereferralYear = again ? year : null, Days = again ? random.Next(1, 2000) : null, Years = again ? random.Next(1, 6) : 0,
                Within12 = again && random.Next(3) == 0, RereferralNfa = again ? Flag(3) : null, RereferralNeed = again ? Maybe(Needs[random.Next(Needs.Length)]) : null,
                Rate = 400 + (100 * authority), Cin = 9 + (3 * (authority % 3)),
            };
        })];
    }

    private static string Row(SampleChild c, int number) => string.Create(CultureInfo.InvariantCulture,
        $"{number},{c.Authority},7,{c.AgeGroup},{c.Sex},{Text(c.Disabled)},{Text(c.Nfa)},{c.Need},{Text(c.Eligible)},{Text(c.Rereferred)},{c.Rate},{c.Cin}");

    private static string Outcome(SampleChild c) => string.Create(CultureInfo.InvariantCulture,
        $"{Text(c.Within12)},{c.RereferralYear},{c.Days},{c.Years},{Text(c.RereferralNfa)},{c.RereferralNeed}");

    private static string Text(bool? flag) => flag switch { true => "true", false => "false", null => "" };
}
