using Caseload.Effects;
using Caseload.MixedModels;

namespace Caseload.Tests.Effects;

/// <summary>How well the model describes its children.</summary>
public sealed class ModelCheckTests
{
    private static readonly Lazy<IReadOnlyList<ModelCheck>> Checks = new(() => ModelCheck.Of(StudyFit.Fit));

    [Fact]
    public void Calibration_discrimination_and_tests_of_residuals_stand_in_words_of_the_study() => Assert.Equal(
        [
            "Calibration in the large", "Calibration slope", "Area under the ROC curve", "Uniformity (Kolmogorov-Smirnov)",
            "Furthest authority", "Mean residuals by the fixed part",
        ], Checks.Value.Select(c => c.Name));

    [Fact]
    public void Measures_have_intervals_and_tests_p_values()
    {
        Assert.All(Checks.Value.Take(3), c => Assert.True(c.Lower < c.Value && c.Value < c.Upper && double.IsNaN(c.P)));
        Assert.All(Checks.Value.Skip(3), c => Assert.True(c.P is > 0 and <= 1 && double.IsNaN(c.Lower)));
        Assert.Equal([0, 1, double.NaN], Checks.Value.Take(3).Select(c => c.Expected));
    }

    [Fact]
    public void The_area_under_the_curve_is_the_share_of_pairs_in_which_the_re_referred_child_has_the_higher_probability()
    {
        // The slow twin over every pair, with the authority's mode in the probability; ties count half.
        var modes = StudyFit.Fit.ConditionalModes.ToDictionary(m => m.Level, m => m.Mode);
        var eta = StudyFit.Fit.Predict(StudyFit.Data).FixedPart.Select((x, row) => x + modes[StudyFit.Data.Text("authority")[row]!]).ToArray();
        var again = StudyFit.Data.Integer("rereferred").Values.ToArray();
        var (yes, no) = (eta.Where((_, row) => again[row] == 1).ToArray(), eta.Where((_, row) => again[row] == 0).ToArray());
        var share = yes.Average(y => no.Average(n => y - n > 1e-12 ? 1 : n - y > 1e-12 ? 0 : 0.5));

        Assert.Equal(share, Checks.Value[2].Value, 5);
    }
}
