using Caseload.Models.MissingData;
using FsCheck.Fluent;

namespace Caseload.Tests.Models.MissingData;

/// <summary>
/// Rubin's rules beside mice 3.15.0 (R 4.2.2): <c>imp &lt;- mice(nhanes, m = 5, seed = 1); fit &lt;- with(imp, lm(bmi ~ age + chl)); pool(fit)</c>,
/// whose estimates and standard errors of the five completed data sets are the inputs here, and its <c>D1</c> by mitml 0.4-4.
/// </summary>
public sealed class RubinsRulesTests
{
    private static readonly double[][] Estimates =
    [
        [19.5367052311393, -2.4232634702638, 0.0567772492181], [20.3572101052795, -3.4661029046627, 0.0632233452856],
        [22.7852415909300, -4.8027987723377, 0.0655667434534], [20.7852332014217, -3.0629982650637, 0.0566591443492],
        [22.0238366139194, -2.0809677959760, 0.0403519378753],
    ];

    private static readonly double[][] Errors =
    [
        [3.5095727281115, 0.8228723440247, 0.0190190364302], [2.4101399506564, 0.6218783719647, 0.0118624025794],
        [3.2959667300734, 0.9661534693404, 0.0190376752852], [3.0203265941349, 0.8552292905195, 0.0169225719704],
        [3.5481243447738, 0.8527979211888, 0.0185287030561],
    ];

    [Theory]
    [InlineData(0, 21.097645348538, 10.140166220524, 1.697047771659, 12.176623546514, 15.077917991046, 0.200830763688, 0.167243186768, 0.259372912508, 13.663294335199, 28.531996361877, 0.000021897583145)]
    [InlineData(1, -3.167226241661, 0.691197112829, 1.127181562486, 2.043814987812, 3.912498623343, 1.956920609011, 0.661810331683, 0.759659079797, -7.171745070449, 0.837292587128, 0.092585336484327)]
    [InlineData(2, 0.0565156840363, 2.98911940198e-04, 9.70675207928e-05, 4.15392965149e-04, 11.3227303731, 0.389683412694, 0.280411645656, 0.380893653709, 0.011812489309, 0.101218878764, 0.017696395261946)]
    public void Pools_as_mice_does(
        int k, double estimate, double within, double between, double total, double df, double increase, double share, double fmi, double lower, double upper, double p)
    {
        var pooled = RubinsRules.Pool([.. Estimates.Select(e => e[k])], [.. Errors.Select(e => e[k])], completeDegreesOfFreedom: 22);

        Near(estimate, pooled.Estimate);
        Near(within, pooled.Within);
        Near(between, pooled.Between);
        Near(total, pooled.Total);
        Near(df, pooled.DegreesOfFreedom);
        Near(increase, pooled.RelativeIncrease);
        Near(share, pooled.ShareOfVariance);
        Near(fmi, pooled.FractionMissing);
        Near(lower, pooled.Lower);
        Near(upper, pooled.Upper);
        Near(p, pooled.P);
    }

    [Fact]
    public void Tests_several_coefficients_together_as_mitml_does()
    {
        double[][,] covariances =
        [
            Matrix(0.67711889456066, -0.005934366395677, 0.000361723746733), Matrix(0.38673270951745, -0.001493839214562, 0.000140716594955),
            Matrix(0.93345252631856, -0.009026684759938, 0.000362433080265), Matrix(0.7314171393624, -0.005706025419905, 0.000286373442095),
            Matrix(0.72726429438386, -0.005185350650716, 0.000343312836942),
        ];

        var test = PooledTest.Of([.. Estimates.Select(e => e[1..])], covariances);

        Near(4.47334276467, test.Statistic);
        Assert.Equal(2, test.Terms);
        Near(15.7110104337, test.DegreesOfFreedom);
        Near(1.05475191773, test.RelativeIncrease);
        Near(0.0289932973172, test.P);
    }

    [Fact]
    public void Where_nothing_lies_between_the_data_sets_the_estimate_is_that_of_one_of_them()
    {
        var pooled = RubinsRules.Pool([0.3, 0.3, 0.3], [0.1, 0.1, 0.1]);

        Assert.Equal(0.3, pooled.Estimate);
        Assert.Equal(0.1, pooled.StandardError, 15);
        Assert.Equal((double.PositiveInfinity, 0.0, 1.0), (pooled.DegreesOfFreedom, pooled.FractionMissing, pooled.RelativeEfficiency));
        Assert.Equal(0.3 - 1.959963984540054 * 0.1, pooled.Lower, 12);
        Assert.Equal(0.0026997960632601866, pooled.P, 12);
    }

    [Fact]
    public void An_estimate_that_one_data_set_lacks_does_not_exist()
    {
        var pooled = RubinsRules.Pool([0.3, double.NaN], [0.1, double.NaN]);

        Assert.All([pooled.Estimate, pooled.StandardError, pooled.Lower, pooled.Upper, pooled.P], value => Assert.Equal(double.NaN, value));
    }

    [Fact]
    public void A_test_of_one_coefficient_is_the_square_of_its_own()
    {
        var pooled = RubinsRules.Pool([.. Estimates.Select(e => e[1])], [.. Errors.Select(e => e[1])]);
        var test = PooledTest.Of([.. Estimates.Select(e => new[] { e[1] })], [.. Errors.Select(e => new[,] { { e[1] * e[1] } })]);

        Assert.Equal(pooled.Estimate * pooled.Estimate / pooled.Total, test.Statistic, 10);
        Assert.Equal(pooled.RelativeIncrease, test.RelativeIncrease, 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-14)]
    [InlineData(1e-9)]
    public void Spread_of_the_size_of_rounding_changes_nothing(double spread)
    {
        var pooled = RubinsRules.Pool([0.3 - spread, 0.3, 0.3 + spread], [0.1, 0.1, 0.1]);
        var test = PooledTest.Of([[0.3 - spread, 0.2], [0.3, 0.2], [0.3 + spread, 0.2]], [.. Enumerable.Repeat(Matrix(0.01, 0, 0.01), 3)]);

        Assert.Equal(0.0026997960632601866, pooled.P, 10);
        Assert.Equal(0.3 + 1.959963984540054 * 0.1, pooled.Upper, 9);

        // Chi-square of 13 on 2 degrees of freedom.
        Assert.Equal(Math.Exp(-6.5), test.P, 10);
    }

    [Fact]
    public void More_spread_between_data_sets_never_narrows_an_interval() =>
        Properties.Hold(
            from estimates in Gen.Choose(-1000, 1000).Select(n => n / 500.0).ArrayOf(5)
            from factor in Gen.Choose(10, 40).Select(n => n / 10.0)
            select (estimates, factor),
            drawn =>
            {
                double[] errors = [0.2, 0.2, 0.2, 0.2, 0.2];
                var mean = drawn.estimates.Average();
                var narrow = RubinsRules.Pool(drawn.estimates, errors);
                var wide = RubinsRules.Pool([.. drawn.estimates.Select(e => mean + drawn.factor * (e - mean))], errors);
                Assert.True(wide.Upper - wide.Lower >= narrow.Upper - narrow.Lower - 1e-9);
                Assert.True(wide.FractionMissing >= narrow.FractionMissing - 1e-9);
                Assert.InRange(narrow.FractionMissing, 0, 1);
            });

    private static double[,] Matrix(double first, double covariance, double second) => new[,] { { first, covariance }, { covariance, second } };

    // The inputs are printed to 12 digits.
    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, Math.Abs(expected) * 1e-8);
}
