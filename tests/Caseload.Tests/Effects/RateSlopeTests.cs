using Caseload.Effects;
using FsCheck.Fluent;

namespace Caseload.Tests.Effects;

/// <summary>The slope of the referral rate along CIN per social worker, reckoned by hand.</summary>
public sealed class RateSlopeTests
{
    [Theory]
    [InlineData(10, 0.10, 0.04)] // c = 0: the main effect alone, variance 0.0016
    [InlineData(15, 0.15, 0.05)] // c = 1: 0.10 + 0.05, variance 0.0016 + 2 (0.0002) + 0.0005 = 0.0025
    [InlineData(20, 0.20, 0.0663324958071080)] // c = 2: variance 0.0016 + 4 (0.0002) + 4 (0.0005) = 0.0044
    [InlineData(0, 0.00, 0.0529150262212918)] // c = -2: variance 0.0016 - 4 (0.0002) + 4 (0.0005) = 0.0028
    public void The_slope_and_its_error_follow_from_the_covariance_matrix(double cin, double slope, double error)
    {
        var at = RateSlope.At(StudyFit.With(0.10, 0.05, 0.0016, 0.0002, 0.0005), cin)!;

        Assert.Equal(slope, at.Slope, 12);
        Assert.Equal(error, at.StandardError, 12);
        Assert.Equal(slope - (1.959963984540054 * error), at.Lower, 12);
        Assert.Equal(slope + (1.959963984540054 * error), at.Upper, 12);
    }

    [Fact]
    public void At_a_boundary_an_end_of_the_interval_is_0_and_on_its_two_sides_the_verdict_changes() => Properties.Hold(Fits, fit =>
    {
        var model = StudyFit.With(fit.Rate, fit.Interaction, fit.VarRate, fit.Covariance, fit.VarInteraction);
        var boundaries = RateSlope.Boundaries(model);
        bool Told(double cin) => RateSlope.At(model, cin) is { } s && (s.Lower > 0 || s.Upper < 0);

        Assert.True(boundaries.Count is 0 or 2);
        Assert.Equal(boundaries.Order(), boundaries);
        foreach (var cin in boundaries)
        {
            var slope = RateSlope.At(model, cin)!;
            Assert.InRange(Math.Min(Math.Abs(slope.Lower), Math.Abs(slope.Upper)) / slope.StandardError, 0, 1e-5);
        }

        // Without a boundary the verdict is the same everywhere; with two it is one between them and the other on both sides.
        double[] probes = boundaries.Count == 0 ? [-1e4, -50, 0, 10, 30, 1e4] : [boundaries[0] - 1, boundaries[1] + 1, boundaries[1] + 1e4, boundaries[0] - 1e4];
        Assert.Single(probes.Select(Told).Distinct());
        if (boundaries.Count == 2 && boundaries[1] - boundaries[0] > 1e-6) Assert.NotEqual(Told(probes[0]), Told((boundaries[0] + boundaries[1]) / 2));
    }, 300);

    [Fact]
    public void Boundaries_by_hand()
    {
        // Slope 0.1 + 0.1 c with constant error 0.1 (no variance in the interaction): |0.1 + 0.1 c| = 0.196 at c = 0.96 and c = -2.96.
        var boundaries = RateSlope.Boundaries(StudyFit.With(0.1, 0.1, 0.01, 0, 0));

        Assert.Equal(10 + (5 * -2.959963984540054), boundaries[0], 9);
        Assert.Equal(10 + (5 * 0.959963984540054), boundaries[1], 9);
    }

    [Fact]
    public void A_model_without_the_two_terms_has_no_slope_and_no_boundary()
    {
        var child = Results.SimulatedStudy.Results.Models!.Fits.Child;

        Assert.Null(RateSlope.At(child, 10));
        Assert.Empty(RateSlope.Boundaries(child));
    }

    // Covariances within what a covariance matrix allows: a correlation between -0.9 and 0.9.
    private static FsCheck.Gen<(double Rate, double Interaction, double VarRate, double Covariance, double VarInteraction)> Fits =>
        from rate in Gen.Choose(-300, 300)
        from interaction in Gen.Choose(-300, 300)
        from seRate in Gen.Choose(5, 200)
        from seInteraction in Gen.Choose(5, 200)
        from correlation in Gen.Choose(-90, 90)
        select (rate / 1e3, interaction / 1e3, seRate * seRate / 1e6, correlation / 100.0 * seRate * seInteraction / 1e6, seInteraction * seInteraction / 1e6);
}
