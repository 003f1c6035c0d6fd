using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>A simulated response and the random effects that it was drawn with.</summary>
/// <param name="Response">One number a row that the fit used: successes, counts or numbers.</param>
/// <param name="Effects">The random effects on the columns as they were estimated, group after group; empty where they are not
/// known.</param>
internal sealed record SimulatedResponse(double[] Response, double[] Effects);

/// <summary>Draws responses from a fit, one number a row that it used. Nothing in it changes once it is built.</summary>
internal sealed class ResponseSimulator
{
    private readonly MixedModelFit fit;
    private readonly ModelFrame frame;
    private readonly RandomLayout? layout;
    private readonly EffectSource? effects;
    private readonly double[] fixedPart;
    private readonly int[] starts;
    private readonly int[] rowsOfCells;
    private readonly double[] trialsOfRows;

    /// <param name="fit">The fit, all of whose estimates exist.</param>
    /// <param name="design">Its design, whose cells know their rows.</param>
    internal ResponseSimulator(MixedModelFit fit, Design design)
    {
        (this.fit, frame) = (fit, fit.Data!.Frame);
        var cells = design.Cells;
        RequireDistribution();
        if (frame.Groupings.Count > 0)
        {
            layout = RandomLayout.Of(frame, cells);
            effects = new EffectSource(fit, layout);
        }

        fixedPart = design.Predict(Standardised(design));
        starts = new int[cells.Count + 1];
        foreach (var cell in cells.OfRows) starts[cell + 1]++;
        for (var cell = 0; cell < cells.Count; cell++) starts[cell + 1] += starts[cell];
        rowsOfCells = RowsOf(cells);
        trialsOfRows = [.. rowsOfCells.Select(row => frame.Response.Trials[row])];
    }

    /// <summary>
    /// A response: successes, counts or numbers. Rows are drawn cell by cell, so that what a cell gets does not depend on the order of
    /// rows.
    /// </summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="draws">Where the random effects come from.</param>
    internal SimulatedResponse Draw(RandomStream stream, RandomEffectDraws draws)
    {
        var (eta, b) = ((double[])fixedPart.Clone(), Array.Empty<double>());
        if (layout is not null && effects is not null)
        {
            b = draws == RandomEffectDraws.AtModes ? effects.Modes() : effects.Draw(stream);
            AddEffects(b, eta);
        }

        var (response, kernel) = (new double[frame.Rows], Likelihoods.ResponseKernel.Of(frame.Family, frame.Link));
        for (var cell = 0; cell < eta.Length; cell++)
        {
            var mean = kernel.Mean(eta[cell]);
            for (var at = starts[cell]; at < starts[cell + 1]; at++) response[rowsOfCells[at]] = One(stream, trialsOfRows[at], mean);
        }

        return new SimulatedResponse(response, b);
    }

    private double One(RandomStream stream, double trials, double mean) => frame.Family switch
    {
        Family.Binomial => trials == 1 ? stream.Bernoulli(mean) : stream.Binomial(trials, mean),
        Family.Gaussian => mean + fit.ResidualStandardDeviation!.Value / Math.Sqrt(trials) * stream.Normal(),
        Family.NegativeBinomial when double.IsFinite(fit.Dispersion) =>
            stream.Poisson(mean * stream.Gamma(fit.Dispersion) / fit.Dispersion),
        _ => stream.Poisson(mean),
    };

    private void AddEffects(double[] b, double[] eta)
    {
        var sums = new RunSums(layout!);
        Span<double> coefficients = stackalloc double[layout!.Columns.Count];
        for (var run = 0; run < layout.Runs; run++)
        {
            sums.Coefficients(run, b, coefficients);
            sums.Spread(run, coefficients, eta.AsSpan(layout.RunStarts[run]..layout.RunStarts[run + 1]));
        }
    }

    private double[] Standardised(Design design)
    {
        // The way back from the columns as they were given.
        var beta = new double[design.Width];
        for (var k = 0; k < beta.Length; k++)
        {
            beta[k] += fit.FixedEffects[k].Estimate * design.Standardised.Scales[k];
            if (design.HasIntercept && k > 0) beta[0] += design.Standardised.Centres[k] * fit.FixedEffects[k].Estimate;
        }

        return beta;
    }

    // In the order of cells; within a cell those of more trials last, whatever the order of rows.
    private int[] RowsOf(CellTable cells)
    {
        var (next, rows) = ((int[])starts.Clone(), new int[cells.OfRows.Length]);
        for (var row = 0; row < rows.Length; row++) rows[next[cells.OfRows[row]]++] = row;
        var trials = frame.Response.Trials;
        for (var cell = 0; cell < cells.Count; cell++)
        {
            var own = rows.AsSpan(starts[cell]..starts[cell + 1]);
            var first = trials[own[0]];
            foreach (var row in own)
            {
                if (trials[row] == first) continue;
                own.Sort((one, other) => trials[one] != trials[other] ? trials[one].CompareTo(trials[other]) : one.CompareTo(other));
                break;
            }
        }

        return rows;
    }

    // Weights that count a log-likelihood several times, and rows that stand for several, belong to no distribution of one response a row.
    private void RequireDistribution()
    {
        var isCount = frame.Family is Family.Poisson or Family.NegativeBinomial;
        if (frame.Response.Frequencies is not null && !IsOneTrialARow())
            throw Refused("rows that stand for several equal ones", "a row an observation, or 0/1 outcomes",
                frame.Family == Family.Binomial ? "Write the rows out, or give successes and failures with cbind." : "Write the rows out.");
        if (isCount && ((CountResponse)frame.Response).Weights.Any(weight => weight != 1))
            throw Refused("prior weights of counts", "counts without weights",
                "Weights that count a row several times belong to no distribution; leave them out, or take an offset.");
    }

    private bool IsOneTrialARow() => frame.Response is BinomialResponse binomial && binomial.RowTrials.All(trials => trials <= 1);

    private ProblemException Refused(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, $"a simulation of {found}", expected, frame.Formula.Text, remedy));
}
