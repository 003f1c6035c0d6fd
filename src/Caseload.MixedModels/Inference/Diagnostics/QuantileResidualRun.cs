using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Resampling;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>
/// Simulates responses, counts where the observed ones lie among them, and fits the model to each: a statistic of the data and their fit is
/// held against those of simulated data and their fits, so that both have been fitted alike.
/// </summary>
internal sealed class QuantileResidualRun
{
    private const int FewestDraws = 50;

    private readonly MixedModelFit fit;
    private readonly (int Count, long Seed, RandomEffectDraws Effects) draws;
    private readonly double[] observed;
    private readonly ResidualStatistics statistics;
    private readonly int[] below;
    private readonly int[] equal;

    private QuantileResidualRun(MixedModelFit fit, (int Count, long Seed, RandomEffectDraws Effects) draws,
        IReadOnlyList<(string Column, int[] Codes)> structures)
    {
        (this.fit, this.draws) = (fit, draws);
        if (draws.Count < FewestDraws)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, FormattableString.Invariant($"{draws.Count} draws"),
                FormattableString.Invariant($"{FewestDraws} or more"), "draws", "Draw 250, as is the default."));
        var response = fit.WithAllEstimates().Data!.Frame.Response;
        RequireRows(response, fit);
        observed = Observed(response);
        statistics = new ResidualStatistics(fit, structures);
        (below, equal) = (new int[observed.Length], new int[observed.Length]);
    }

    /// <summary>The residuals and their tests.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="draws">How many sets are simulated, from which seed, and where the random effects of the residuals come from.</param>
    /// <param name="structures">Columns with the bin of each row, from 0; -1 of rows that belong to none.</param>
    /// <exception cref="ProblemException">There are too few draws, or the fit cannot be simulated.</exception>
    internal static QuantileResiduals Of(MixedModelFit fit, (int Count, long Seed, RandomEffectDraws Effects) draws,
        IReadOnlyList<(string Column, int[] Codes)> structures)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new QuantileResidualRun(fit.RequireLikelihood(), draws, structures).Run();
    }

    private QuantileResiduals Run()
    {
        var plan = RefitPlan.Of(fit);
        var (simulator, values) = (new ResponseSimulator(fit, plan.Design), new double[draws.Count][]);
        Parallel.For(0, draws.Count, () => (Refitter: plan.Refitter(), Below: new int[observed.Length], Equal: new int[observed.Length]),
            (draw, _, own) =>
            {
                var simulated = simulator.Draw(new RandomStream(draws.Seed, draw), RandomEffectDraws.FromDistribution);
                var refit = own.Refitter.Refit(simulated);
                values[draw] = refit.Obstacle is not null || !refit.Converged ? []
                    : statistics.Of(simulated.Response, refit, new RandomStream(draws.Seed, -2 - draw));
                Count(draws.Effects == RandomEffectDraws.FromDistribution ? simulated.Response
                    : simulator.Draw(new RandomStream(draws.Seed, draws.Count + draw), draws.Effects).Response, own.Below, own.Equal);
                return own;
            }, own => Add(own.Below, own.Equal));
        var stream = new RandomStream(draws.Seed, -1);
        double[] residuals = [.. observed.Select((_, row) => (below[row] + stream.Uniform() * (equal[row] + 1)) / (draws.Count + 1))];
        var refits = values.Where(of => of.Length > 0).ToArray();
        var own = statistics.Of(observed, fit, stream);
        var tests = statistics.All.Select((test, i) => Test(test, own[i], [.. refits.Select(of => of[i])]));
        return new QuantileResiduals(residuals, [.. tests])
        {
            Remarks = [.. Said(refits.Length)],
        };
    }

    private IEnumerable<string> Said(int refits)
    {
        yield return FormattableString.Invariant($"Against {refits:N0} simulations from the fit (seed {draws.Seed}), each fitted again: a ")
            + "p value is the share of data sets, simulated or observed, whose statistic is as far out. Each test looks for one kind of "
            + "fault: none found is no proof that the model holds.";
        if (draws.Count > refits)
            yield return FormattableString.Invariant($"{draws.Count - refits:N0} simulations have no fit, as where a level is separated; ")
                + "the tests leave them out.";
        if (fit.Family == Family.Binomial && fit.Data!.Frame.Response.Trials.Max() == 1)
            yield return "Single 0/1 outcomes say nothing of dispersion and little row by row: look at mean residuals by a column, and at "
                + "calibration.";
    }

    private void Count(double[] simulated, int[] countsBelow, int[] countsEqual)
    {
        for (var row = 0; row < observed.Length; row++)
        {
            if (simulated[row] < observed[row]) countsBelow[row]++;
            else if (simulated[row] == observed[row]) countsEqual[row]++;
        }
    }

    private void Add(int[] countsBelow, int[] countsEqual)
    {
        lock (below)
        {
            for (var row = 0; row < below.Length; row++)
            {
                below[row] += countsBelow[row];
                equal[row] += countsEqual[row];
            }
        }
    }

    private static SimulationTest Test(ResidualStatistic test, double own, double[] simulated)
    {
        var (above, notAbove) = (1 + simulated.Count(value => value >= own), 1 + simulated.Count(value => value <= own));
        var share = (test.IsTwoSided ? 2.0 * Math.Min(above, notAbove) : above) / (simulated.Length + 1);
        return new SimulationTest(test.Name, own, simulated.DefaultIfEmpty(double.NaN).Average(), Math.Min(share, 1));
    }

    // Of a row that stands for several equal outcomes, the outcome has chosen how many: it is no draw of so many trials.
    private static void RequireRows(ModelResponse response, MixedModelFit fit)
    {
        if (response.Frequencies?.All(frequency => frequency == 1) != false) return;
        throw new ProblemException(new Problem(ProblemKind.WrongUsage, "quantile residuals of rows that stand for several equal ones",
            "a row an observation", fit.Formula, "Write the rows out, or count successes and failures of equal covariates for cbind."));
    }

    private static double[] Observed(ModelResponse response) => response switch
    {
        CountResponse counts => counts.Counts,
        GaussianResponse numbers => numbers.Values,
        _ => response.Successes,
    };
}
