using Caseload.Figures;
using Caseload.Frames;
using Caseload.Reports;
using Caseload.Tests.Figures;

namespace Caseload.Tests.Reports;

/// <summary>A report of made-up values with every kind of block.</summary>
internal static class SampleReport
{
    public static Report Of(DataKind kind = DataKind.Simulated) => new()
    {
        Title = "Repeated referrals to children's services",
        Subtitle = "A reproduction of the Department for Education's study of 2017, on six annual censuses of children in need",
        DataKind = kind,
        Provenance = [new("Data", "simulated, seed 20110401"), new("Software", "Caseload 0.1.0 on .NET 10"),
            new("Command", "caseload reproduce --seed 20110401")],
        Sections =
        [
            new("What was found",
            [
                new KeyFigures([new("498,867", "children in the cohort", "published: 498,867"),
                    new("54.5%", "of the age-eligible re-referred", "published: 54.5%"),
                    new("0.045", "interaction, log odds", "never published"), new("24", "authorities above expectation")]),
                new Prose("""
                    Of the children first referred in 2010-11, about **half** were referred again within six years. The two denominators,
                    all children and those still under 18 at the end, are always reported side by side.

                    > On simulated data the ledger tests the pipeline, not England.

                    # What this page holds

                    1. the cohort and how it becomes the modelled sample;
                    2. who is referred again, with [the method](https://example.org/method) behind it;
                    3. the model `rereferred ~ age + need + (1 | authority)`.
                    """),
            ]),
            new("The cohort", [new FigureBlock(SampleFigures.Flow(kind)), new FigureBlock(SampleFigures.Cumulative(kind))]),
            new("Who is referred again",
                [new FigureBlock(SampleFigures.Rates(kind)) { Columns = [new("Rate") { Format = NumberFormat.Percent() }] }, Table()]),
            new("The model", [new FigureBlock(SampleFigures.OddsRatios(kind)), new FigureBlock(SampleFigures.Interaction(kind))]),
            new("Authorities", [new FigureBlock(SampleFigures.Caterpillar(152, kind))]),
            new("The ledger", [Ledger()]),
            new("Settings",
                [new DefinitionList([new("Quadrature", "Laplace approximation"),
                new("Intervals", "95%, Wald, on the scale of the linear predictor")])]),
        ],
    };

    private static TableBlock Table() => new(new Frame(
    [
        TextColumn.Of("need", ["N1 Abuse or neglect", "N2 Child's disability", "N5 Family dysfunction"]),
        new IntegerColumn("n", [146_478, 31_000, IntegerColumn.Missing]),
        new NumberColumn("rate", [0.569, 0.401, double.NaN]), new NumberColumn("p", [0.00001, 0.034, 0.5]),
    ]), "Re-referral by primary need at first referral")
    {
        Columns = [new("need") { Heading = "Primary need" }, new("n") { Heading = "Children" },
            new("rate") { Heading = "Re-referred", Format = NumberFormat.Percent() }, new("p") { Format = NumberFormat.PValue }],
        Notes = ["Counts under 10 are suppressed, and a second cell where one could be worked out from the total."],
    };

    private static TableBlock Ledger() => new(new Frame(
    [
        TextColumn.Of("id", ["cohort-children", "eligible-rereferred", "need-n1", "interaction", "threshold"]),
        TextColumn.Of("claim", ["Children referred in 2010-11", "Of the age-eligible, re-referred by the end of 2015-16",
            "Primary need abuse or neglect", "The lower the CIN per social worker, the lower the effect of the referral rate",
            "Rises quickly above 10 CIN per social worker"]),
        TextColumn.Of("published", ["498,867", "54.5%", "40%", "significant", "not quantified"]),
        TextColumn.Of("reproduced", ["498,867", "54.4%", "46%", "z = 2.8", "see figure"]),
        TextColumn.Of("status", ["agrees", "agrees", "differs", "agrees", "not testable"]),
    ]), "Published findings and what this run gives")
    {
        Columns =
        [
            new("published") { IsNumeric = true }, new("reproduced") { IsNumeric = true },
            new("status") { Statuses = new Dictionary<string,
                Tone> { ["agrees"] = Tone.Good, ["differs"] = Tone.Bad, ["close"] = Tone.Caution, ["not testable"] = Tone.Neutral } },
        ],
    };
}
