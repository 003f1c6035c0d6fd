using Caseload.MixedModels.Fits;
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

    private readonly MixedModelFit fit;
    private readonly double level;
    private readonly Clusters clusters;
    private readonly WorkingModel model;
    private readonly Matrix<double> m;
    private readonly Matrix<double> meat;

    // Of each cluster X'F' and F V F' with F = X'V^-1 A.
    private readonly (Matrix<double> Carried, Matrix<double> Own)[] shares;

    internal RobustRun(MixedModelFit fit, double level)
    {
        (this.fit, this.level, clusters) = (fit, level, Clusters.Of(fit, "cluster-robust standard errors"));
        model = new WorkingModel(fit);
        var cells = clusters.Split(model.Design.Cells.Rows);
        var parts = new ClusterPart[cells.Length];
        Parallel.For(0, parts.Length, c => parts[c] = model.Of(cells[c]));
        var width = model.Design.Width;
        m = parts.Aggregate(Matrix<double>.Build.Dense(width, width), (sum, part) => sum + part.Information()).Inverse();
        shares = new (Matrix<double>, Matrix<double>)[parts.Length];
        var scores = new Vector<double>[parts.Length];
        Parallel.For(0, parts.Length, c =>
        {
            var adjusted = parts[c].Adjusted(m);
            scores[c] = adjusted * parts[c].Residual;
            shares[c] = ((adjusted * parts[c].X).Transpose(), adjusted * parts[c].V * adjusted.Transpose());
        });
        meat = scores.Aggregate(Matrix<double>.Build.Dense(width, width), (sum, score) => sum + score.OuterProduct(score));
    }

    internal ClusterRobust Run()
    {
        var covariance = model.Design.ToOriginal((m * meat * m).ToArray());
        RobustEffect[] rows = [.. fit.FixedEffects.Select((effect, k) => Row(effect, k, Math.Sqrt(covariance[k, k])))];
        return new ClusterRobust(clusters.Groups.Name, clusters.Count, level, rows) { Covariance = covariance, Remarks = [.. Said(rows)] };
    }

    private RobustEffect Row(FixedEffect effect, int k, double error)
    {
        var freedom = Freedom(k);
        var half = double.IsNaN(freedom) ? double.NaN : StudentT.InvCDF(0, 1, freedom, (1 + level) / 2) * error;
        return new RobustEffect(effect.Term, effect.Estimate, effect.StandardError, error, freedom, effect.Estimate - half,
            effect.Estimate + half);
    }

    // The estimate of a variance is sum of (p_i'e)^2; under the model the p_i'e have the covariances P = diag(own) - h'M h, and the sum
    // that of the traces of P and of P P: tr(P)^2/tr(P P) degrees of freedom.
    private double Freedom(int k)
    {
        var width = model.Design.Width;
        var unit = new double[width];
        var coefficient = Vector<double>.Build.Dense(width, l =>
        {
            Array.Clear(unit);
            unit[l] = 1;
            return model.Design.ToOriginal(unit)[k];
        });
        var direction = m * coefficient;
        var (trace, squares, together) = (0.0, 0.0, Matrix<double>.Build.Dense(width, width));
        foreach (var (carried, own) in shares)
        {
            var (variance, h) = (direction * own * direction, carried * direction);
            var shared = h * m * h;
            trace += variance - shared;
            squares += variance * variance - 2 * variance * shared;
            together += h.OuterProduct(h);
        }

        var product = m * together;
        squares += (product * product).Trace();
        return squares > 0 ? trace * trace / squares : double.NaN;
    }

    private IEnumerable<string> Said(RobustEffect[] rows)
    {
        yield return "CR2 (Bell and McCaffrey 2002): right whatever the covariance within groups is, and unbiased where it is the model's; "
            + "degrees of freedom after Satterthwaite (Pustejovsky and Tipton 2018). Groups must be independent of each other.";
        if (fit.Family != Family.Gaussian)
            yield return "Of the working linear model at the estimates: the variances of the random effects are taken as known, and errors "
                + "of the link or of the random effects' distribution, on which the coefficients' meaning rests, are not made good.";
        if (rows.Any(row => row.DegreesOfFreedom < FewDegrees))
            yield return FormattableString.Invariant($"Below {FewDegrees} degrees of freedom the t distribution itself is a rough guide ")
                + "(Tipton 2015): too few groups tell the effect.";
    }
}
