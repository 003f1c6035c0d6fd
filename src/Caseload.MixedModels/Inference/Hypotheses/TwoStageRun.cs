using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.ModelFrames;
using MathNet.Numerics.Distributions;

namespace Caseload.MixedModels.Inference.Hypotheses;

/// <summary>Takes a fit apart into effects of areas and their regression on what is the same within areas.</summary>
/// <param name="fit">The fit.</param>
/// <param name="level">The probability with which an interval is to hold the truth.</param>
internal sealed class TwoStageRun(MixedModelFit fit, double level)
{
    private readonly ModelFrame frame = fit.Data!.Frame;

    internal TwoStageTable Run()
    {
        if (!frame.Formula.HasOneRandomIntercept || frame.Family == Family.NegativeBinomial)
            throw Wrong("a model whose only random effect is not the intercept of one grouping, or of the negative binomial family",
                "one random intercept, such as (1 | la), and a binomial, Poisson or Gaussian response",
                "Take the bootstrap: large.BootstrapLikelihoodRatio(small), where small leaves out the terms to be tested.");
        var cells = CellTable.Collapse(frame);
        var whole = Design.Build(frame, cells);
        int[] kept = [.. Enumerable.Range(0, whole.Width).Where(k => fit.FixedEffects.Any(effect => effect.Term == whole.Names[k].Name))];
        var between = kept.Where(k => IsConstant(whole.Names[k])).ToArray();
        var terms = between.Where(k => whole.Names[k].Parts.Count > 0).ToArray();
        if (terms.Length == 0)
            throw Wrong("a model without area-level terms", "a term that is the same for all rows of a group",
                "Area-level terms are those whose columns do not vary within groups; test others with WaldTest.");
        int[] areas = [.. Enumerable.Range(0, cells.GroupCount).Where(group => Varies(cells, group))];
        var (first, freedom) = (between.Length - terms.Length, areas.Length - between.Length);
        if (freedom < 1)
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{areas.Length} areas for {between.Length} area-level coefficients"),
                "more areas than coefficients", "Leave out area-level terms.");
        var effects = new AreaEffects(whole.Select([.. kept.Except(between)]), areas);
        effects.Find();
        var sampling = Scaled(effects, cells, areas, kept.Length - between.Length);
        var (estimates, covariance, deviation) =
            new AreaRegression(effects.Estimates, sampling, Columns(between, cells, areas)).Find();
        var quantile = StudentT.InvCDF(0, 1, freedom, (1 + level) / 2);
        return new TwoStageTable(level, areas.Length, deviation, [.. whole.Select(terms).Names.Select((name, i) =>
        {
            var (estimate, error) = (estimates[first + i], Math.Sqrt(covariance[first + i, first + i]));
            return new TwoStageRow(name.Name, estimate, error, freedom)
            {
                Lower = estimate - quantile * error,
                Upper = estimate + quantile * error,
                OneStageEstimate = fit[name.Name].Estimate,
                OneStageStandardError = fit[name.Name].StandardError,
            };
        })])
        {
            Remarks = [.. Remarks(cells.GroupCount - areas.Length)],
        };
    }

    private bool IsConstant(DesignColumn column) => column.Parts
        .All(part => RowKeys.IsConstantWithin(frame.Groupings[0].Groups, frame.Variables[part.Variable]));

    // Where all outcomes of an area are alike its effect is infinite.
    private bool Varies(CellTable cells, int group)
    {
        var (first, end) = (cells.GroupStarts[group], cells.GroupStarts[group + 1]);
        var (successes, trials) = (cells.Successes[first..end].Sum(), cells.Trials[first..end].Sum());
        return frame.Family switch
        {
            Family.Gaussian => true,
            Family.Binomial => successes > 0 && successes < trials,
            _ => successes > 0,
        };
    }

    // The residual variance of a linear model is that of the first stage.
    private AreaSampling Scaled(AreaEffects effects, CellTable cells, int[] areas, int width) =>
        frame.Response is GaussianResponse numbers
            ? effects.Sampling.Times((effects.Squares + CellMeans.Of(numbers, cells).Within) / (frame.Observations - areas.Length - width))
            : effects.Sampling;

    private double[][] Columns(int[] between, CellTable cells, int[] areas)
    {
        int[] rows = [.. areas.Select(area => cells.Rows[cells.GroupStarts[area]])];
        var names = DesignColumn.Of(frame.Formula, frame.Variables);
        DesignColumn[] chosen = [.. between.Select(k => names[k])];
        var codes = DesignColumn.CodesAt(rows, chosen, frame.Variables);
        return [.. chosen.Select(column =>
        {
            var values = new double[rows.Length];
            column.Fill(codes, frame.Variables, values);
            return values;
        })];
    }

    private static IEnumerable<string> Remarks(int left)
    {
        yield return "The t distribution takes into account that the variance between areas is estimated from few areas; Kenward and "
            + "Roger's correction exists for linear mixed models only.";
        if (left > 0)
            yield return left == 1 ? "1 area, whose outcomes are all alike, has no effect of its own and is left out."
                : string.Create(CultureInfo.InvariantCulture, $"{left:N0} areas, in each of which all outcomes are alike, ")
                + "have no effect of their own and are left out.";
    }

    private ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, frame.Formula.Text, remedy));
}
