using Caseload.Frames;
using Caseload.MixedModels.Inference.Robustness;

namespace Caseload.MixedModels.Tests.Inference.Robustness;

/// <summary>
/// Cluster-robust errors and tests on the examples that R's clubSandwich is documented and tested with, of the random effects that lmer and
/// lme fit; and where they are known in closed form. The numbers are those of clubSandwich 0.6.0 on lme4 1.1-31 and nlme 3.1-162:
/// coef_test(fit, vcov = "CR2") and Wald_test(fit, constrain_zero(...), vcov = "CR2", test = "HTZ").
/// </summary>
public sealed class PublishedClusterRobustTests
{
    private static readonly FitSettings Linear = new() { Family = Family.Gaussian, Reml = true };

    // Body weights of 16 rats on three diets, at the days above (Crowder and Hand 1990, Analysis of Repeated Measures).
    private static readonly int[] Days = [1, 8, 15, 22, 29, 36, 43, 44, 50, 57, 64];

    private static readonly int[][] Weights =
    [
        [240, 250, 255, 260, 262, 258, 266, 266, 265, 272, 278], [225, 230, 230, 232, 240, 240, 243, 244, 238, 247, 245],
        [245, 250, 250, 255, 262, 265, 267, 267, 264, 268, 269], [260, 255, 255, 265, 265, 268, 270, 272, 274, 273, 275],
        [255, 260, 255, 270, 270, 273, 274, 273, 276, 278, 280], [260, 265, 270, 275, 275, 277, 278, 278, 284, 279, 281],
        [275, 275, 260, 270, 273, 274, 276, 271, 282, 281, 284], [245, 255, 260, 268, 270, 265, 265, 267, 273, 274, 278],
        [410, 415, 425, 428, 438, 443, 442, 446, 456, 468, 478], [405, 420, 430, 440, 448, 460, 458, 464, 475, 484, 496],
        [445, 445, 450, 452, 455, 455, 451, 450, 462, 466, 472], [555, 560, 565, 580, 590, 597, 595, 595, 612, 618, 628],
        [470, 465, 475, 485, 487, 493, 493, 504, 507, 518, 525], [535, 525, 530, 533, 535, 540, 525, 530, 543, 544, 559],
        [520, 525, 530, 540, 543, 546, 538, 544, 553, 555, 548], [510, 510, 520, 515, 530, 538, 535, 542, 550, 553, 569],
    ];

    // A distance in the face of 16 boys and 11 girls at the ages of 8, 10, 12 and 14 (Potthoff and Roy 1964, Biometrika 51, 313-326).
    private static readonly double[][] Boys =
    [
        [26, 25, 29, 31], [21.5, 22.5, 23, 26.5], [23, 22.5, 24, 27.5], [25.5, 27.5, 26.5, 27], [20, 23.5, 22.5, 26],
        [24.5, 25.5, 27, 28.5], [22, 22, 24.5, 26.5], [24, 21.5, 24.5, 25.5], [23, 20.5, 31, 26], [27.5, 28, 31, 31.5],
        [23, 23, 23.5, 25], [21.5, 23.5, 24, 28], [17, 24.5, 26, 29.5], [22.5, 25.5, 25.5, 26], [23, 24.5, 26, 30], [22, 21.5, 23.5, 25],
    ];

    private static readonly double[][] Girls =
    [
        [21, 20, 21.5, 23], [21, 21.5, 24, 25.5], [20.5, 24, 24.5, 26], [23.5, 24.5, 25, 26.5], [21.5, 23, 22.5, 23.5], [20, 21, 21, 22.5],
        [21.5, 22.5, 23, 25], [23, 23, 23.5, 24], [20, 21, 22, 21.5], [16.5, 19, 19, 19.5], [24.5, 25, 28, 28],
    ];

    [Theory]
    [InlineData("(1 | rat)")]
    [InlineData("(time | rat)")]
    public void Of_body_weights_they_are_those_of_other_software(string random)
    {
        var fit = MixedModel.Fit(Rats(), $"weight ~ time * diet + {random}", Linear with { Factors = ["diet"] });
        Effects(fit.ClusterRobust(), (4.5282707206636, 7), (0.0298633571269, 7), (34.5397569905509, 6.09677419359),
            (15.4355037651655, 6.09677419359), (0.2141976849937, 6.09677419355), (0.1540468086001, 6.09677419355));
        Tests(fit.ClusterRobustTest("diet"), (126.693135506, 2, 6.30434782611, 8.12491508389e-06));
        Tests(fit.ClusterRobustTest("time:diet"), (4.94677323011, 2, 6.30434782609, 0.0510717981863));
        Tests(fit.ClusterRobustTest("diet", "diet:time"), (136.4219238472, 4, 5.11594202900, 2.24033742287e-05));
    }

    [Theory]
    [InlineData("(1 | child)")]
    [InlineData("(age || child)")]
    public void Of_growth_they_are_those_of_other_software(string random) =>
        Effects(MixedModel.Fit(Children(), $"distance ~ age + {random}", Linear).ClusterRobust(),
            (0.7752461852040, 26), (0.0712532707709, 26));

    [Fact]
    public void Of_growth_by_sex_they_are_those_of_other_software()
    {
        var fit = MixedModel.Fit(Children(), "distance ~ age * girl + (1 | child)", Linear);
        Effects(fit.ClusterRobust(), (1.209900295048, 15), (0.101572916133, 15), (1.429116948638, 21.6534653465),
            (0.121249143553, 21.6534653465));
        Tests(fit.ClusterRobustTest("girl", "age:girl"), (6.19831764609, 2, 20.6534653465, 0.00778913462753));
        var each = fit.ClusterRobustTest();
        Assert.Equal(["age", "girl", "age:girl"], each.Rows.Select(row => row.Terms));
        Assert.Equal(fit.ClusterRobust().Rows[3].P, each.Rows[2].P, 1e-12);
        Printed.Fits(each);
    }

    // Bell and McCaffrey's degrees of freedom for the difference of two means with unequal variances, as Imbens and Kolesar (2016) write
    // them, hold of clusters alike in size: the fit weighs each by its mean.
    [Theory]
    [InlineData(3, 27)]
    [InlineData(5, 5)]
    [InlineData(2, 9)]
    public void Of_a_treatment_of_whole_clusters_they_are_known_in_closed_form(int treated, int others)
    {
        var random = new Random(337);
        var (y, x, g) = (new List<double>(), new List<int>(), new List<string>());
        for (var group = 0; group < treated + others; group++)
        {
            var effect = Simulated.Normal(random);
            for (var row = 0; row < 4; row++)
            {
                x.Add(group < treated ? 1 : 0);
                y.Add(effect * (1 + x[^1]) + Simulated.Normal(random));
                g.Add($"G{group:00}");
            }
        }

        var data = new Frame([new NumberColumn("y", [.. y]), new IntegerColumn("x", [.. x]), TextColumn.Of("g", g)]);
        double[] means = [.. y.Chunk(4).Select(values => values.Average())];
        var variance = Spread(means[..treated]) / treated + Spread(means[treated..]) / others;
        var freedom = Math.Pow(treated + others, 2) * (treated - 1) * (others - 1)
            / (others * others * (others - 1.0) + treated * treated * (treated - 1));
        var effects = MixedModel.Fit(data, "y ~ x + (1 | g)", Linear).ClusterRobust();
        Assert.Equal(Math.Sqrt(variance), effects.Rows[1].StandardError, 1e-7);
        Assert.Equal(freedom, effects.Rows[1].DegreesOfFreedom, 1e-6);

        static double Spread(double[] values) => values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1);
    }

    [Fact]
    public void Too_few_clusters_for_a_joint_test_are_told()
    {
        var data = Simulated.TwoLevel(seed: 338, groups: 12, size: 15);
        var group = data.Text("g");
        var area = data.With(TextColumn.Of("a", Enumerable.Range(0, data.RowCount).Select(row =>
            string.CompareOrdinal(group[row], "G08") < 0 ? "many" : group[row])));
        var tests = MixedModel.Fit(area, "y ~ x + a + (1 | g)").ClusterRobustTest("a");
        Assert.True(double.IsNaN(tests.Rows[0].P));
        Assert.Contains(tests.Remarks, remark => remark.Contains("too few", StringComparison.Ordinal));
        Printed.Fits(tests);
    }

    private static Frame Rats() => new(
    [
        new IntegerColumn("weight", [.. Weights.SelectMany(row => row)]), new IntegerColumn("time", [.. Weights.SelectMany(_ => Days)]),
        TextColumn.Of("rat", Weights.SelectMany((_, rat) => Days.Select(_ => $"R{rat:00}"))),
        new IntegerColumn("diet", [.. Weights.SelectMany((_, rat) => Days.Select(_ => rat < 8 ? 1 : rat < 12 ? 2 : 3))]),
    ]);

    private static Frame Children()
    {
        double[][] all = [.. Boys, .. Girls];
        return new Frame(
        [
            new NumberColumn("distance", [.. all.SelectMany(row => row)]),
            new IntegerColumn("age", [.. all.SelectMany(_ => new[] { 8, 10, 12, 14 })]),
            TextColumn.Of("child", all.SelectMany((row, child) => row.Select(_ => $"C{child:00}"))),
            new IntegerColumn("girl", [.. all.SelectMany((row, child) => row.Select(_ => child < Boys.Length ? 0 : 1))]),
        ]);
    }

    private static void Effects(ClusterRobust robust, params (double Error, double Freedom)[] expected)
    {
        Assert.Equal(expected.Length, robust.Rows.Count);
        foreach (var (row, (error, freedom)) in robust.Rows.Zip(expected))
        {
            Assert.Equal(1, row.StandardError / error, 1e-8);
            Assert.Equal(1, row.DegreesOfFreedom / freedom, 1e-8);
        }
    }

    private static void Tests(RobustTests tests, (double F, int Size, double Freedom, double P) expected)
    {
        var row = Assert.Single(tests.Rows);
        Assert.Equal(1, row.F / expected.F, 1e-7);
        Assert.Equal(expected.Size, row.NumeratorFreedom);
        Assert.Equal(1, row.DenominatorFreedom / expected.Freedom, 1e-7);
        Assert.Equal(1, row.P / expected.P, 1e-6);
    }
}
