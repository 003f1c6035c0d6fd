using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Hypotheses;
using Caseload.MixedModels.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>
/// The bias-reduced sandwich CR2 with the fit's covariance as working model, and Satterthwaite's degrees of freedom (Bell and McCaffrey
/// 2002; Pustejovsky and Tipton 2018). docs/method.md derives it; the names are those used there.
/// </summary>
internal sealed class RobustRun
{
    // Below so many degrees of freedom the t distribution is a poor guide (Tipton 2015).
    private const double FewDegrees = 4;

    // An eigenvalue of a covariance matrix's inverse, as a share of the largest, below which it is 0.
    private const double Nothing = 1e-10;

    // Groups that a remark names.
    private const int MostNamed = 3;

    private readonly MixedModelFit fit;
    private readonly Clusters clusters;
    private readonly WorkingModel model;
    private readonly ClusterPart[] parts;
    private readonly Matrix<double> information;
    private readonly Matrix<double> m;
    private readonly Matrix<double> meat;

    // Of each cluster R X'F' and F V F' with F = X'V^-1 A and M = R'R.
    private readonly (Matrix<double> Carried, Matrix<double> Own)[] shares;

    internal RobustRun(MixedModelFit fit)
    {
        (this.fit, clusters) = (fit, Clusters.Of(fit, "cluster-robust standard errors"));
        model = new WorkingModel(fit);
        var cells = clusters.Split(model.Design.Cells.Rows);
        parts = new ClusterPart[cells.Length];
        Parallel.For(0, parts.Length, c => parts[c] = model.Of(cells[c]));
        var width = model.Design.Width;
        information = parts.Aggregate(Matrix<double>.Build.Dense(width, width), (sum, part) => sum + part.Information());
        m = information.Inverse();
        var root = m.Cholesky().Factor.Transpose();
        shares = new (Matrix<double>, Matrix<double>)[parts.Length];
        var scores = new Vector<double>[parts.Length];
        Parallel.For(0, parts.Length, c =>
        {
            var adjusted = parts[c].Adjusted(m);
            scores[c] = adjusted * parts[c].Residual;
            shares[c] = (root * (adjusted * parts[c].X).Transpose(), adjusted * parts[c].V * adjusted.Transpose());
        });
        meat = scores.Aggregate(Matrix<double>.Build.Dense(width, width), (sum, score) => sum + score.OuterProduct(score));
    }

    /// <summary>Each fixed effect by itself.</summary>
    /// <param name="level">The level of the intervals.</param>
    internal ClusterRobust Effects(double level)
    {
        var covariance = Covariance();
        RobustEffect[] rows = [.. fit.FixedEffects.Select((effect, k) => Row(effect, k, Math.Sqrt(covariance[k, k]), level))];
        return new ClusterRobust(clusters.Groups.Name, clusters.Count, level, rows) { Covariance = covariance, Remarks = [.. Said(rows)] };
    }

    /// <summary>The coefficients of some terms together; of no terms, those of each.</summary>
    internal RobustTests Tests(IReadOnlyList<string> terms)
    {
        var (test, covariance) = (new WaldTest(fit), Covariance());
        IReadOnlyList<string>[] tested = terms.Count > 0 ? [terms]
            : [.. test.Terms.Where(term => term != DesignColumn.InterceptName).Select(term => (string[])[term])];
        RobustTest[] rows = [.. tested.Select(together => Test(string.Join(", ", together), test.Columns(together), covariance))];
        return new RobustTests(clusters.Groups.Name, clusters.Count, rows) { Remarks = [.. Said(rows)] };
    }

    private double[,] Covariance() => model.Design.ToOriginal((m * meat * m).ToArray());

    // Q of the coefficients is as if their covariance were a Wishart matrix, so that (nu - q + 1)/(nu q) Q has an F distribution.
    private RobustTest Test(string terms, int[] columns, double[,] covariance)
    {
        var (freedom, size) = (Freedom(columns), columns.Length);
        var own = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++) own[i, j] = covariance[columns[i], columns[j]];
        }

        double[] estimates = [.. columns.Select(k => fit.FixedEffects[k].Estimate)];
        var statistic = Cholesky.Factor(own) is { } factor ? Vectors.Dot(estimates, factor.Solve(estimates)) : double.NaN;
        var left = freedom - size + 1;
        return left > 0 ? new RobustTest(terms, left / (freedom * size) * statistic, size, left)
            : new RobustTest(terms, double.NaN, size, double.NaN);
    }

    private RobustEffect Row(FixedEffect effect, int k, double error, double level)
    {
        var freedom = Freedom([k]);
        var half = double.IsNaN(freedom) ? double.NaN : StudentT.InvCDF(0, 1, freedom, (1 + level) / 2) * error;
        return new RobustEffect(effect.Term, effect.Estimate, effect.StandardError, error, freedom, effect.Estimate - half,
            effect.Estimate + half);
    }

    // Of the estimated covariance of some coefficients: those of one coefficient are Satterthwaite's.
    private double Freedom(int[] columns)
    {
        var width = model.Design.Width;
        var unit = new double[width];
        var coefficients = Matrix<double>.Build.Dense(width, columns.Length, (l, k) =>
        {
            Array.Clear(unit);
            unit[l] = 1;
            return model.Design.ToOriginal(unit)[columns[k]];
        });
        var directions = m * coefficients;
        return WishartFreedom.Of([.. shares.Select(share =>
            (directions.TransposeThisAndMultiply(share.Own * directions), share.Carried * directions))]);
    }

    // X'V^-1X of the others is singular where they do not tell a coefficient. The group that they need leaves no residual to judge it by.
    private IEnumerable<string> Needed()
    {
        var needed = new List<string>();
        for (var c = 0; c < parts.Length; c++)
        {
            var others = (information - parts[c].Information()).Evd(Symmetricity.Symmetric);
            var least = Nothing * others.EigenValues.Real().AbsoluteMaximum();
            var directions = Enumerable.Range(0, others.EigenValues.Count).Where(k => others.EigenValues[k].Real <= least)
                .Select(k => model.Design.ToOriginal(others.EigenVectors.Column(k).ToArray())).ToArray();
            string[] terms = [.. fit.FixedEffects.Where((_, k) => directions.Any(direction =>
                Math.Abs(direction[k]) > Nothing * direction.Max(Math.Abs))).Select(effect => effect.Term)];
            if (terms.Length > 0) needed.Add($"{string.Join(", ", terms)} without {clusters.Labels[c]}");
        }

        if (needed.Count == 0) yield break;
        var more = needed.Count > MostNamed ? FormattableString.Invariant($" and {needed.Count - MostNamed} more") : "";
        yield return $"Not told by the others: {string.Join("; ", needed.Take(MostNamed))}{more}. Robust errors leave out how such a group "
            + "deviates by itself and are too small; the model's take it along.";
    }

    private IEnumerable<string> Said(RobustEffect[] rows)
    {
        yield return "CR2 (Bell and McCaffrey 2002): right whatever the covariance within groups is, and unbiased where it is the model's; "
            + "degrees of freedom after Satterthwaite (Pustejovsky and Tipton 2018). Groups must be independent of each other.";
        foreach (var remark in SaidOfAll()) yield return remark;
        if (rows.Any(row => row.DegreesOfFreedom < FewDegrees))
            yield return FormattableString.Invariant($"Below {FewDegrees} degrees of freedom the t distribution itself is a rough guide ")
                + "(Tipton 2015): too few groups tell the effect.";
    }

    private IEnumerable<string> Said(RobustTest[] rows)
    {
        yield return "CR2 (Bell and McCaffrey 2002); the F distribution is Hotelling's, with degrees of freedom that match the spread of "
            + "the estimated covariance matrix (Tipton and Pustejovsky 2015). Groups must be independent of each other.";
        foreach (var remark in SaidOfAll()) yield return remark;
        if (rows.Any(row => double.IsNaN(row.F)))
            yield return "Where a test is missing the groups that tell its coefficients are too few to test them together.";
    }

    private IEnumerable<string> SaidOfAll()
    {
        foreach (var remark in Needed()) yield return remark;
        if (fit.Family != Family.Gaussian)
            yield return "Of the working linear model at the estimates: the variances of the random effects are taken as known, and errors "
                + "of the link or of the random effects' distribution, on which the coefficients' meaning rests, are not made good.";
    }
}
