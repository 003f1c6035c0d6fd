using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The logarithm of the joint density of the data and the standardised random effects u at given parameters, h(u) = sum(l) - u'u/2, with
/// the derivatives of its cells by their linear predictors and its curvature H = I + Lambda'Z'WZ Lambda. It holds where it was last
/// computed; one thread at a time.
/// </summary>
internal sealed class Integrand
{
    private readonly Design design;
    private readonly IReadOnlyList<(int First, int End)> parts;
    private readonly double[] partSums;
    private readonly int[] runsOfGroups;
    private readonly double[] fixedEta;
    private readonly double[] eta;

    internal Integrand(Design design, RandomLayout layout)
    {
        (this.design, Layout) = (design, layout);
        Kernel = design.Kernel;
        Factors = new CovarianceFactors(layout);
        Sums = new RunSums(layout);
        parts = design.Operator.Runs();
        partSums = new double[parts.Count];
        runsOfGroups = RunsOfGroups(design.Cells.GroupStarts, layout.RunStarts);
        var cells = design.Cells.Count;
        (fixedEta, Score, Weight, WeightSlope, WeightCurve) =
            (new double[cells], new double[cells], new double[cells], new double[cells], new double[cells]);
        eta = layout.Columns.OnlyIntercept ? fixedEta : new double[cells];
        (Information, Precision) = (new BlockMatrix(layout.Pattern), new BlockMatrix(layout.Pattern));
        Factor = new BlockCholesky(layout.Pattern);
        (Effects, Slope) = (new double[layout.Pattern.Length], new double[layout.Pattern.Length]);
    }

    internal RandomLayout Layout { get; }

    internal CovarianceFactors Factors { get; }

    /// <summary>Carries numbers between cells and random effects.</summary>
    internal RunSums Sums { get; }

    /// <summary>The log-likelihood of a cell.</summary>
    internal ResponseKernel Kernel { get; set; }

    /// <summary>The first derivative of each cell's log-likelihood by its linear predictor.</summary>
    internal double[] Score { get; }

    /// <summary>Minus the second derivative of each.</summary>
    internal double[] Weight { get; }

    /// <summary>The derivative of each weight.</summary>
    internal double[] WeightSlope { get; }

    /// <summary>The second derivative of each weight.</summary>
    internal double[] WeightCurve { get; }

    /// <summary>b = Lambda u.</summary>
    internal double[] Effects { get; }

    /// <summary>The derivative of h by u: Lambda'Z'd - u.</summary>
    internal double[] Slope { get; }

    /// <summary>A = Z'WZ.</summary>
    internal BlockMatrix Information { get; }

    /// <summary>H = I + Lambda'A Lambda.</summary>
    internal BlockMatrix Precision { get; }

    /// <summary>The factorisation of H.</summary>
    internal BlockCholesky Factor { get; }

    /// <summary>The linear predictor of each cell, random effects included.</summary>
    internal void LinearPredictor(Span<double> values)
    {
        if (!Layout.Columns.OnlyIntercept)
        {
            eta.CopyTo(values);
            return;
        }

        fixedEta.CopyTo(values);
        Span<double> coefficients = stackalloc double[1];
        for (var run = 0; run < Layout.Runs; run++)
        {
            Sums.Coefficients(run, Effects, coefficients);
            Sums.Spread(run, coefficients, values[Layout.RunStarts[run]..Layout.RunStarts[run + 1]]);
        }
    }

    /// <summary>Takes the parameters.</summary>
    /// <param name="beta">The coefficients of the standardised columns.</param>
    /// <param name="theta">The free elements of Lambda.</param>
    internal void Set(ReadOnlyMemory<double> beta, ReadOnlySpan<double> theta)
    {
        Factors.Set(theta);
        var predictor = design.Operator.Prepare(beta);
        var starts = design.Cells.GroupStarts;
        ForEachPart(part => design.Write(predictor, parts[part].First, parts[part].End,
            fixedEta.AsSpan(starts[parts[part].First]..starts[parts[part].End])));
    }

    /// <summary>Computes h and the derivatives of the cells.</summary>
    /// <param name="u">The standardised effects.</param>
    /// <returns>h, which may be minus infinity or not-a-number far from the mode.</returns>
    internal double At(double[] u)
    {
        Factors.Multiply(u, Effects);
        ForEachPart(part => partSums[part] = Pass(parts[part]));
        var sum = 0.0;
        foreach (var partSum in partSums) sum += partSum;
        Sums.GatherScores(Slope);
        Factors.MultiplyTransposed(Slope, Slope);
        Vectors.AddTimes(Slope, -1, u);
        return sum - Vectors.Dot(u, u) / 2;
    }

    /// <summary>Computes and factorises H from the weights of the cells.</summary>
    /// <returns>Whether it is definite, as it is wherever all numbers are finite.</returns>
    internal bool Curve()
    {
        Sums.GatherMoments(Information);
        Factors.Precision(Information, Precision);
        return Factor.Factor(Precision);
    }

    /// <summary>Calls for every run with the cells of it, side by side.</summary>
    internal void ForEachRun(Action<int, Range> work) => ForEachPart(part =>
    {
        for (var run = runsOfGroups[parts[part].First]; run < runsOfGroups[parts[part].End]; run++)
            work(run, Layout.RunStarts[run]..Layout.RunStarts[run + 1]);
    });

    private double Pass((int First, int End) part)
    {
        Span<double> coefficients = stackalloc double[Layout.Columns.Count];
        var sum = 0.0;
        for (var run = runsOfGroups[part.First]; run < runsOfGroups[part.End]; run++)
        {
            var cells = Layout.RunStarts[run]..Layout.RunStarts[run + 1];
            Sums.Coefficients(run, Effects, coefficients);
            if (Layout.Columns.OnlyIntercept)
            {
                var sums = Kernel.Derivatives(Span(cells), coefficients[0]);
                (Sums.Scores[run], Sums.Moments[run]) = (sums.Score, sums.Weight);
                sum += sums.LogLikelihood;
                continue;
            }

            fixedEta.AsSpan(cells).CopyTo(eta.AsSpan(cells));
            Sums.Spread(run, coefficients, eta.AsSpan(cells));
            sum += Kernel.Derivatives(Span(cells), 0).LogLikelihood;
            Sums.SetScores(run, Score.AsSpan(cells));
            Sums.SetMoments(run, Weight.AsSpan(cells));
        }

        return sum;
    }

    private CellSpan Span(Range cells) => new()
    {
        Eta = eta.AsSpan(cells),
        Successes = design.Cells.Successes.AsSpan(cells),
        Trials = design.Cells.Trials.AsSpan(cells),
        Score = Score.AsSpan(cells),
        Weight = Weight.AsSpan(cells),
        WeightSlope = WeightSlope.AsSpan(cells),
        WeightCurve = WeightCurve.AsSpan(cells),
    };

    private void ForEachPart(Action<int> work)
    {
        if (parts.Count == 1) work(0);
        else Parallel.For(0, parts.Count, work);
    }

    // The first run of each group of the grouping that the cells are in the order of.
    private static int[] RunsOfGroups(int[] groupStarts, int[] runStarts)
    {
        var first = new int[groupStarts.Length];
        for (var (group, run) = (0, 0); group < groupStarts.Length; group++)
        {
            while (run < runStarts.Length - 1 && runStarts[run] < groupStarts[group]) run++;
            first[group] = run;
        }

        return first;
    }
}
