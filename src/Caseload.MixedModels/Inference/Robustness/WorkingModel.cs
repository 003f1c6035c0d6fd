using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Predictions;
using Caseload.MixedModels.Inference.Resampling;
using Caseload.MixedModels.Inference.Rows;
using Caseload.MixedModels.ModelFrames;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>
/// The linear mixed model that a fit is, or that stands in for it at the estimates: with d and w the first and minus the second derivative
/// of a cell's log-likelihood at the modes, the response eta + d/w has the variance 1/w given the random effects. Of a fit by
/// quasi-likelihood w is the expectation, as in its own working model, and marginal quasi-likelihood has it where the effects are 0.
/// </summary>
internal sealed class WorkingModel
{
    private readonly MixedModelFit fit;
    private readonly ModelFrame frame;
    private readonly PredictorRows rows;
    private readonly IReadOnlyList<double[]> columns;
    private readonly double[] scale;
    private readonly double[] residual;
    private readonly Matrix<double>[] covariances;
    private readonly int[][] groupOfCell;

    internal WorkingModel(MixedModelFit fit)
    {
        (this.fit, frame, rows) = (fit, fit.Data!.Frame, PredictorRows.OfData(fit));
        Design = RefitPlan.DesignOf(fit);
        columns = Design.Operator.Columns();
        var (cells, kernel) = (Design.Cells, ConditionalEffects.Kernel(fit));
        var eta = fit.Estimator == Estimator.Mql1 ? rows.FixedPart : ModalRows.Of(fit, rows, frame).LinearPredictor;
        var divisor = fit.Family == Family.Gaussian ? fit.Dispersion : 1;
        (scale, residual) = (new double[cells.Count], new double[cells.Count]);
        for (var cell = 0; cell < scale.Length; cell++)
        {
            var (row, trials) = (cells.Rows[cell], cells.Trials[cell]);
            var at = kernel.At(cells.Successes[cell], trials, eta[row]);
            var weight = fit.Estimator == Estimator.Ml ? at.Weight : kernel.At(trials * kernel.Mean(eta[row]), trials, eta[row]).Weight;
            if (!(weight > 0)) continue;
            scale[cell] = Math.Sqrt(weight / divisor);
            residual[cell] = at.Score / divisor / scale[cell] + scale[cell] * (eta[row] - rows.FixedPart[row]);
        }

        covariances = [.. rows.Random.Select(random => Matrix<double>.Build.DenseOfRows(random.Effect.Covariance))];
        groupOfCell = [.. rows.Random.Select(random =>
            frame.Groupings.First(grouping => grouping.Groups.Name == random.Effect.Group).Groups.At(cells.Rows))];
    }

    /// <summary>The columns of the fixed effects, standardised.</summary>
    internal Design Design { get; }

    /// <summary>A cluster.</summary>
    /// <param name="cells">Its cells.</param>
    internal ClusterPart Of(int[] cells)
    {
        double[][] x = [.. columns.Select(column => Scaled(cells, cell => column[cell]))];
        var z = new List<(double[][] Columns, Matrix<double> Covariance)>();
        for (var block = 0; block < rows.Random.Count; block++)
        {
            var (random, groups) = (rows.Random[block], groupOfCell[block]);
            foreach (var group in cells.Select(cell => groups[cell]).Distinct().Order())
            {
                z.Add(([.. random.Columns.Select(column =>
                    Scaled(cells, cell => groups[cell] == group ? column[Design.Cells.Rows[cell]] : 0))], covariances[block]));
            }
        }

        return ClusterPart.Of(x, z, [.. cells.Select(cell => residual[cell])]);
    }

    private double[] Scaled(int[] cells, Func<int, double> value) => [.. cells.Select(cell => scale[cell] * value(cell))];
}
