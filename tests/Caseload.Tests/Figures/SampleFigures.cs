using Caseload.Figures;
using Caseload.Figures.Charts;

namespace Caseload.Tests.Figures;

/// <summary>Figures of made-up values, of the size that a run draws.</summary>
internal static class SampleFigures
{
    public static FigureHeading Heading(string name, string title, DataKind kind = DataKind.Simulated) =>
        new(name, title, "Children first referred in 2010-11, followed to 31 March 2016. Intervals are 95%.", kind);

    public static IReadOnlyList<Figure> All(DataKind kind = DataKind.Simulated) =>
        [Flow(kind), Cumulative(kind), Rates(kind), OddsRatios(kind), Interaction(kind), Caterpillar(152, kind), Funnel(kind)];

    public static Figure Flow(DataKind kind = DataKind.Simulated) => FlowChart.Build(
    [
        new FlowBox("children referred in 2010-11", 498_867,
            [new FlowExclusion("reached 18 before 31 March 2016", 129_431),
            new FlowExclusion("had no date of birth recorded, so that eligibility by age is unknown", 3_240)]),
        new FlowBox("children still eligible by age (under 18) on 31 March 2016", 366_196,
            [new FlowExclusion("have no primary need recorded", 101_200),
            new FlowExclusion("live in an authority without a referral rate", 2_011),
            new FlowExclusion("not drawn in the one-in-four sample", 172_776)]),
        new FlowBox("children in the multilevel model", 90_209, []),
    ], Heading("flow", "From the cohort to the children in the model", kind));

    public static Figure Cumulative(DataKind kind = DataKind.Simulated) => CumulativeChart.Build(
    [
        new("2010-11", 0.151, 0.158), new("2011-12", 0.298, 0.321), new("2012-13", 0.372, 0.402),
        new("2013-14", 0.428, 0.463), new("2014-15", 0.473, 0.515), new("2015-16", 0.500, 0.545),
    ], Heading("cumulative", "Half of the children were referred again within six years", kind));

    public static Figure Rates(DataKind kind = DataKind.Simulated)
    {
        (string Section, string Group, int N, double Rate)[] rows =
        [
            ("Sex", "Female", 171_204, 0.552), ("Sex", "Male", 184_339, 0.539), ("Age at first referral", "Under 1", 48_120, 0.602),
            ("Age at first referral", "1 to 4", 120_334, 0.571),
            ("Age at first referral", "5 to 9", 133_870, 0.528), ("Age at first referral", "10 to 12", 63_872, 0.489),
            ("Primary need", "N1 Abuse or neglect", 146_478, 0.569),
            ("Primary need", "N2 Child's disability", 31_000, 0.401), ("Primary need", "N5 Family dysfunction", 68_479, 0.561),
            ("Primary need", "N7 Low income", 412, 0.471),
            ("Disability", "Disabled", 40_282, 0.560), ("Disability", "Not disabled", 325_914, 0.543),
        ];
        return RatesByGroupChart.Build(
        [
            .. rows.Select(r => new GroupRate(r.Section, r.Group)
            {
                Children = r.N, Rate = r.Rate, Lower = r.Rate - 1.96 * Math.Sqrt(r.Rate * (1 - r.Rate) / r.N),
                Upper = r.Rate + 1.96 * Math.Sqrt(r.Rate * (1 - r.Rate) / r.N),
            }),
            new GroupRate("Disability", "Unknown"),
        ], Heading("rates", "Re-referral by the child's characteristics at first referral", kind));
    }

    public static Figure OddsRatios(DataKind kind = DataKind.Simulated)
    {
        OddsRatio Row(string section, string term, double log, double se) =>
            new(section, term) { Estimate = Math.Exp(log), Lower = Math.Exp(log - 1.96 * se), Upper = Math.Exp(log + 1.96 * se) };
        return OddsRatioChart.Build(
        [
            new("Sex", "Male") { IsReference = true }, Row("Sex", "Female", 0.08, 0.014), Row("Age", "per year", -0.04, 0.003),
            new("Primary need", "N1 Abuse or neglect") { IsReference = true },
            Row("Primary need", "N2 Child's disability or illness", -0.62, 0.03),
            Row("Primary need", "N3 Parental disability or illness", 0.05, 0.04),
            Row("Primary need", "N4 Family in acute stress", 0.01, 0.02), Row("Primary need", "N7 Low income", -0.3, 0.19),
            new("Primary need", "N9 Cases other than CIN"), Row("First referral", "No further action", 0.22, 0.018),
            Row("Authority", "Referral rate (per 250 per 10,000)", 0.05, 0.02),
            Row("Authority", "CIN per social worker (per 5)", 0.02, 0.019),
            Row("Authority", "Referral rate × CIN per social worker", 0.045, 0.016),
        ], Heading("odds-ratios", "Odds of re-referral in the two-level model with the area interaction", kind));
    }

    public static Figure Interaction(DataKind kind = DataKind.Simulated)
    {
        double[] rates = [.. Enumerable.Range(0, 41).Select(i => 200 + 25.0 * i)];
        double[] workers = [10, 15, 20];
        var random = new Random(7);
        return InteractionChart.Build(new InteractionData(
            [.. workers.Select(w => new InteractionCurve(w, [.. rates.Select(r => Predict(w, r))]))],
            [.. Enumerable.Range(0, 144).Select(_ => Math.Clamp(550 + 300 * Spread(random), 196, 1151))], 550),
            Heading("interaction", "The effect of the referral rate is larger where there are more children in need per social worker",
                kind));

        static InteractionPoint Predict(double w, double r)
        {
            var (x, z) = ((r - 550) / 250, (w - 11) / 5);
            var (logit, se) = (0.18 + 0.03 * x + 0.02 * z + 0.06 * x * z, 0.03 + 0.03 * Math.Abs(x));
            static double P(double l) => 1 / (1 + Math.Exp(-l));
            return new InteractionPoint(r, P(logit), P(logit - 1.96 * se), P(logit + 1.96 * se));
        }
    }

    public static Figure Funnel(DataKind kind = DataKind.Simulated)
    {
        var random = new Random(13);
        FunnelPoint[] points =
        [
            .. Enumerable.Range(0, 144).Select(i =>
            {
                var expected = 60 + (900 * random.NextDouble() * random.NextDouble());
                var ratio = i == 0 ? 0.12 : 1 + (1.2 * Spread(random) / Math.Sqrt(expected));
                return new FunnelPoint($"Authority {i:000}", expected, ratio, i == 0 ? ExpectationClass.Below
                    : ratio > 1.1 ? ExpectationClass.Above : ExpectationClass.AsExpected);
            }),
        ];
        return FunnelChart.Build(points,
            [.. Enumerable.Range(0, 30).Select(i => 60 + (30.0 * i)).Select(e => new FunnelWidth(e, 1.3 / Math.Sqrt(e), 2.1 / Math.Sqrt(e)))],
            Heading("funnel", "Authorities against the limits of chance", kind));
    }

    public static Figure Caterpillar(int count, DataKind kind = DataKind.Simulated, double outlier = -2.1, string? name = null)
    {
        var random = new Random(11);
        var effects = new List<AuthorityEffect>();
        for (var i = 0; i < count; i++)
        {
            var effect = i == 0 ? outlier : 0.22 * Spread(random);
            var half = 0.06 + 0.09 * random.NextDouble();
            var @class = (effect + half < 0, effect - half > 0) switch
            {
                (true, _) => ExpectationClass.Below,
                (_, true) => ExpectationClass.Above,
                _ => ExpectationClass.AsExpected,
            };
            var label = i % 7 == 0 ? $"Bournemouth, Christchurch and Poole {i}" : $"Authority {i:000}";
            effects.Add(new AuthorityEffect(i == 0 ? name ?? label : label, effect, effect - half, effect + half, @class));
        }

        return CaterpillarChart.Build(effects, Heading("caterpillar", "Authorities with more and less re-referral than expected", kind));
    }

    // Roughly bell-shaped around zero, from -1.5 to 1.5.
    private static double Spread(Random random) => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
}
