using Caseload.Findings;
using Caseload.Reports;
using Caseload.Results;
using FsCheck.Fluent;

namespace Caseload.Tests.Results;

/// <summary>What the models say beyond their estimates, on whatever data.</summary>
public sealed class InferenceStepTests
{
    [Fact]
    public void On_few_and_odd_children_what_cannot_be_had_is_left_out_and_the_run_is_written() => Properties.Hold(Gen.Choose(1, 100_000), seed =>
    {
        // Four authorities, small groups, separated levels, variances of 0.
        var cohort = SampleCohort.Of(SampleCohort.Draw(seed, 60 + (seed % 500)));
        var results = StudyAnalysis.Run(cohort, SimulatedStudy.Package);
        var added = results.AddInference(cohort).AddSensitivity(cohort);
        using var folder = new TemporaryFolder();
        RunOutput.Write(added, LedgerBuilder.Build(added), [new("Data", "a test")], folder.Path);

        Assert.Equal(results.Models is null, added.Inference is null);
        if (results.Models is not { } models) return;
        Assert.All(added.Inference!.Spreads, s => Assert.True(!(s.Variance.Lower > s.Variance.Estimate) && !(s.Variance.Upper < s.Variance.Estimate)));
        if (models.Fits.Interaction.Obstacle is null) return;
        Assert.Empty(added.AreaTerms);
        Assert.Empty(added.Inference.Checks);
    }, 20);

    [Fact]
    public void It_changes_nothing_else_in_the_results() => Assert.Equal(
        SimulatedStudy.Results, SimulatedStudy.Inferred with { Inference = null, AreaTerms = SimulatedStudy.Results.AreaTerms });
}
