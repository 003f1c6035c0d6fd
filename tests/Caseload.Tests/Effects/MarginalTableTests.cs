using Caseload.Effects;
using Caseload.Frames;
using Caseload.Models;
using Caseload.Tests.Results;
using MathNet.Numerics.Distributions;

namespace Caseload.Tests.Effects;

/// <summary>What terms do to the probability of re-referral, in nested models on one scale.</summary>
public sealed class MarginalTableTests
{
    private static readonly StudyModels Fits = SimulatedStudy.Results.Models!.Fits;
    private static readonly Lazy<MarginalTable> Table = new(() => MarginalTable.Of([.. Fits.All.Skip(1)], StudyFit.Data));

    [Fact]
    public void Every_term_but_intercept_and_interaction_stands_once_with_an_effect_in_each_model_that_holds_it()
    {
        Assert.Equal(["Child", "Child and area", "Interaction"], Table.Value.Models);
        Assert.Equal(
            Fits.Interaction.FixedEffects.Select(e => e.Term).Except(["(Intercept)", "cin_5:rate_250"]).Order(StringComparer.Ordinal),
            Table.Value.Rows.Select(r => r.Term).Order(StringComparer.Ordinal));
        foreach (var row in Table.Value.Rows)
            Assert.Equal(Fits.All.Skip(1).Select(m => m.Fit.FixedEffects.Any(e => e.Term == row.Term)), row.Effects.Select(e => e is not null));
    }

    [Theory]
    [InlineData("female", 0, 1)]
    [InlineData("nfa", 0, 1)]
    public void Of_a_dummy_it_is_the_mean_difference_of_probabilities_averaged_over_authorities(string column, int from, int to)
    {
        // The slow twin: every child with the column set, the probability summed over the normal distribution of the authority's effect.
        var (fit, deviation) = (Fits.Child, Fits.Child.RandomEffects[0].StandardDeviations[0]);
        double Mean(int value) => fit.Predict(StudyFit.Data.With(new IntegerColumn(column, [.. Enumerable.Repeat(value, StudyFit.Data.RowCount)])))
            .FixedPart.Average(eta => Enumerable.Range(-60, 121).Sum(k => 0.1 * Normal.PDF(0, 1, k / 10.0) / (1 + Math.Exp(-eta - (deviation * k / 10.0)))));

        Assert.Equal(Mean(to) - Mean(from), Table.Value.Rows.Single(r => r.Term == column).Effects[0]!.Effect, 5);
    }

    [Fact]
    public void Of_a_level_it_is_against_the_reference_level()
    {
        double Mean(string need) => Fits.Child.Predict(StudyFit.Data.With(TextColumn.Of("need", Enumerable.Repeat(need, StudyFit.Data.RowCount))))
            .FixedPart.Average(eta => 1 / (1 + Math.Exp(-eta)));
        var reference = Fits.Child.Recipe.Levels[Fits.Child.Recipe.Formula.Variables.ToList().FindIndex(v => v.Name == "need")]![0];
        var effect = Table.Value.Rows.Single(r => r.Term == "needN1").Effects[0]!;

        // Without the authorities' effects, which flatten differences by a few percent of them at most.
        Assert.InRange(effect.Effect / (Mean("N1") - Mean(reference)), 0.95, 1.0);
        Assert.Equal(1.959963984540054 * effect.StandardError, effect.Upper - effect.Effect, 12);
    }

    [Fact]
    public void A_model_without_every_estimate_is_left_out()
    {
        var separated = Fits.Area with { Obstacle = new Problem(ProblemKind.NoEstimate, "a separated coefficient", "", "", "") };

        Assert.Equal(["Child"], MarginalTable.Of([("Child", Fits.Child), ("Child and area", separated)], StudyFit.Data).Models);
    }
}
