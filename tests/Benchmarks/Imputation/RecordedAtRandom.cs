using System.Globalization;
using Caseload.Cohorts;
using Caseload.Frames;

namespace Caseload.Benchmarks.Imputation;

/// <summary>
/// Made-up children whose covariates are recorded at random given what is always recorded, the outcome among it: among the children whose
/// first referral ended in no further action most of those who come back are recorded, and few of the others. Complete cases then
/// overstate the effect of no further action; imputation need not. Also linked into the tests.
/// </summary>
internal static class RecordedAtRandom
{
    /// <summary>The coefficients that the outcomes are drawn with, by the names of the study's model; N8 and 10-12 are the references.</summary>
    internal static IReadOnlyDictionary<string, double> Truth { get; } = new Dictionary<string, double>
    {
        ["(Intercept)"] = -0.2, ["age_group5-9"] = 0.2, ["female"] = 0.3, ["disabled_other"] = 0.6, ["nfa"] = 0.2, ["needN1"] = 0.4,
        ["needN2"] = -0.3, ["cin_5"] = 0.1, ["rate_250"] = 0.1, ["cin_5:rate_250"] = 0.15,
    };

    /// <summary>The standard deviation between authorities that the outcomes are drawn with.</summary>
    internal const double Deviation = 0.3;

    private static readonly string[] Ages = ["10-12", "5-9"];
    private static readonly string[] Needs = ["N1", "N2", "N8"];

    /// <summary>Draws a cohort.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="authorities">How many authorities.</param>
    /// <param name="size">How many children each has.</param>
    /// <param name="isComplete">Whether everything is recorded.</param>
    internal static Cohort Draw(int seed, int authorities, int size, bool isComplete = false)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        bool Chance(double p) => random.NextDouble() < p;
        var children = new List<Child>();
        for (var authority = 0; authority < authorities; authority++)
        {
            var (cin, rate, effect, prevalence) = (10 + (5 * Normal()), 550 + (250 * Normal()), Deviation * Normal(), 0.4 * Normal());
            for (var i = 0; i < size; i++)
            {
                var (age, female, nfa, need) = (random.Next(2), Chance(0.47), Chance(0.3), random.Next(3));

                // Disability goes with need and sex, and is commoner in some authorities: what imputation has to find.
                var disabled = Chance(Logistic(-1.2 + (need == 1 ? 1.5 : 0) + (female ? -0.5 : 0) + prevalence));
                var predictor = Truth["(Intercept)"] + (age == 1 ? Truth["age_group5-9"] : 0) + (female ? Truth["female"] : 0)
                    + (disabled && need != 1 ? Truth["disabled_other"] : 0) + (nfa ? Truth["nfa"] : 0)
                    + need switch { 0 => Truth["needN1"], 1 => Truth["needN2"], _ => 0 }
                    + Truth["cin_5"] * (cin - 10) / 5 + Truth["rate_250"] * (rate - 550) / 250
                    + Truth["cin_5:rate_250"] * (cin - 10) / 5 * (rate - 550) / 250 + effect;
                var outcome = Chance(Logistic(predictor));
                bool Recorded() => Chance(isComplete ? 1 : nfa && outcome ? 0.9 : 0.55);
                children.Add(new Child(
                    (201 + authority).ToString(CultureInfo.InvariantCulture), Ages[age], Recorded() ? female : null,
                    Recorded() ? disabled : null, nfa, Recorded() ? Needs[need] : null, outcome, cin, rate));
            }
        }

        return new Cohort(Table(children), new CohortSettings(), [], [], IsSimulated: true);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static Frame Table(List<Child> children)
    {
        TextColumn Text(string name, Func<Child, string?> value) => TextColumn.Of(name, children.Select(value));
        NumberColumn Number(string name, Func<Child, double> value) => new(name, [.. children.Select(value)]);
        FlagColumn Flag(string name, Func<Child, bool?> value) =>
            new(name, [.. children.Select(c => value(c) is { } flag ? flag ? (sbyte)1 : (sbyte)0 : FlagColumn.Missing)]);
        return new Frame([
            Text("authority", c => c.Authority), Text("age_group", c => c.Age),
            Text("sex", c => c.Female switch { true => "female", false => "male", null => "unknown" }),
            Flag("disabled", c => c.Disabled), Flag("nfa", c => c.Nfa), Text("need", c => c.Need), Flag("rereferred", c => c.Outcome),
            Flag("eligible", _ => true), Number("cin_per_social_worker", c => c.Cin), Number("referral_rate_per_10000", c => c.Rate),
            Text("status", c => c.Female is null || c.Disabled is null || c.Need is null ? "not-recorded" : Cohort.Modelled),
        ]);
    }

    private sealed record Child(
        string Authority, string Age, bool? Female, bool? Disabled, bool Nfa, string? Need, bool Outcome, double Cin, double Rate);
}
