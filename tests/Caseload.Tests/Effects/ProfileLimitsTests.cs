using Caseload.Effects;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using Caseload.Tests.Results;

namespace Caseload.Tests.Effects;

/// <summary>Profile-likelihood intervals of the coefficients beside those of Wald.</summary>
public sealed class ProfileLimitsTests
{
    [Fact]
    public void Every_coefficient_has_its_profile_interval() => Assert.Equal(
        StudyFit.Fit.ProfileIntervals(cancellation: TestContext.Current.CancellationToken).Intervals.Take(StudyFit.Fit.FixedEffects.Count).Select(i => new ProfileLimits(i.Term, i.Lower, i.Upper)),
        SimulatedStudy.Inferred.Inference!.Profiles);

    [Fact]
    public void The_furthest_is_the_one_whose_ends_differ_most_in_its_own_standard_errors()
    {
        // Wald: 0 to 1.96 errors of 0.1 and of 1 to either side.
        FixedEffect[] effects = [new("small", 0, 0.1), new("large", 0, 1), new("withheld", double.NaN, double.NaN)];
        ProfileLimits[] profiles = [new("small", -0.196, 0.236), new("large", -2.06, 1.96), new("withheld", -1, 1), new("absent", -1, 1)];

        var furthest = WaldDistance.Furthest(profiles, effects)!;

        Assert.Equal("small", furthest.Term);
        Assert.Equal(0.4, furthest.StandardErrors, 3);
    }

    [Fact]
    public void An_end_that_was_not_found_is_compared_with_nothing() =>
        Assert.Null(WaldDistance.Furthest([new("separated", double.NegativeInfinity, 1)], [new FixedEffect("separated", 0, 1)]));
}
