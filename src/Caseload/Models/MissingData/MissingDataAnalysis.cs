using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;

namespace Caseload.Models.MissingData;

/// <summary>Fits the study's interaction model under the choices about missing data.</summary>
public static class MissingDataAnalysis
{
    private const string Children = "children";
    private const string NotRecorded = "not recorded";
    private const string Terms = StudyFormula.Child + " + " + StudyFormula.AreaInteraction;

    /// <summary>Runs the choices. Complete cases stand first whether they are asked for or not.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="completeCases">The interaction model of the main analysis.</param>
    /// <param name="settings">What is done.</param>
    /// <param name="progress">Told after each imputation, one call at a time; null for nobody.</param>
    /// <exception cref="ProblemException">
    /// A setting is out of its range, a covariate is recorded of no child, or no estimate exists.
    /// </exception>
    public static MissingDataResults Run(
        Cohort cohort, MixedModelFit completeCases, MissingDataSettings settings, IProgress<StepProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(completeCases);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Require();
        var children = ChildCells.Analysable(cohort);
        var cells = ChildCells.Count(children);
        var choices = new List<ChoiceResult>
        {
            ChoiceResult.Of(MissingDataChoice.CompleteCases, completeCases.Observations, [completeCases]),
        };
        if (settings.Choices.Contains(MissingDataChoice.Category))
            choices.Add(ChoiceResult.Of(MissingDataChoice.Category, children.RowCount, [Category(children)]));
        IReadOnlyList<ImputedShare> trace = [];
        if (settings.Choices.Contains(MissingDataChoice.Imputation))
        {
            (var fits, trace) = Impute(cells, settings, progress);
            choices.Add(ChoiceResult.Of(MissingDataChoice.Imputation, children.RowCount, fits));
        }

        return new MissingDataResults(settings,
            [.. Enum.GetValues<ImputedVariable>().Select(v =>
                new MissingCovariate(v, cells.Missing(v), cells.Children, Convergence.ScaleReduction(trace, v)))],
            choices, trace);
    }

    private static MixedModelFit Category(Frame children)
    {
        var data = ModelData.OfChildren(children);
        var (sex, disabled, need) = (children.Text("sex"), children.Flag("disabled"), children.Text("need"));
        var terms = Terms;
        void Level(string name, Func<int, bool> holds)
        {
            int[] values = [.. Enumerable.Range(0, children.RowCount).Select(row => holds(row) ? 1 : 0)];
            if (!values.Contains(1)) return;
            data = data.With(new IntegerColumn(name, values));
            terms += " + " + name;
        }

        Level("sex_not_recorded", row => sex[row] is not ("male" or "female"));
        Level("disability_not_recorded", row => disabled.IsMissing(row) && need[row] != ModelData.OwnDisability);
        var settings = StudyFormula.Settings(data);
        var all = TextColumn.Of("need", Enumerable.Range(0, children.RowCount).Select(row => need[row] ?? NotRecorded));
        return StudyFormula.Fit(data.With(all), terms, settings);
    }

    // Imputations depend on their number and the seed alone: which processor makes one, and when, cannot show.
    private static (MixedModelFit[] Fits, ImputedShare[] Trace) Impute(
        ChildCells cells, MissingDataSettings settings, IProgress<StepProgress>? progress)
    {
        foreach (var variable in Enum.GetValues<ImputedVariable>())
        {
            if (cells.Missing(variable) == cells.Children)
                throw new ProblemException(new Problem(ProblemKind.NoEstimate,
                    $"{variable.ToString().ToLowerInvariant()} recorded of no child", "some children of whom it is recorded",
                    "imputation of missing values", "Without a recorded value there is nothing to impute from: leave the imputation out."));
        }

        var fits = new MixedModelFit[settings.Imputations];
        var traces = new IReadOnlyList<ImputedShare>[settings.Imputations];
        var problems = new ProblemException?[settings.Imputations];
        var chains = new ChainedEquations(cells);
        var gate = new Lock();
        var done = 0;
        Parallel.For(0, settings.Imputations, i =>
        {
            try
            {
                (var completed, traces[i]) = chains.Run(i + 1, settings);
                var data = Completed(cells, completed);
                fits[i] = StudyFormula.Fit(data, Terms, StudyFormula.Settings(data) with { Frequencies = Children });
            }
            catch (ProblemException e)
            {
                problems[i] = e;
            }

            lock (gate) progress?.Report(new StepProgress("imputations", ++done, settings.Imputations));
        });
        if (Array.Find(problems, p => p is not null) is { } problem) throw problem;
        return (fits, [.. traces.SelectMany(t => t)]);
    }

    /// <summary>A completed data set as the study's model sees it: a row a pattern, with the number of its children.</summary>
    internal static Frame Completed(ChildCells cells, int[] completed)
    {
        int[] places = [.. Enumerable.Range(0, completed.Length).Where(place => completed[place] > 0)];
        var own = Array.IndexOf(cells.Needs, ModelData.OwnDisability);
        int Base(int place) => place % cells.Patterns / cells.Completions;
        int Value(int place, ImputedVariable variable) => cells.ValueOf(variable, place % cells.Completions);
        TextColumn Levels(string name, Func<int, int> code, string[] levels) => new(name, [.. places.Select(code)], levels);
        IntegerColumn Whole(string name, Func<int, int> value) => new(name, [.. places.Select(value)]);
        NumberColumn Figure(string name, double[] figures) => new(name, [.. places.Select(p => figures[p / cells.Patterns])]);
        return new Frame([
            Whole("rereferred", p => Base(p) % 2),
            Levels("authority", p => p / cells.Patterns, cells.Authorities),
            Levels("age_group", p => Base(p) / 4, cells.Ages),
            Whole("female", p => Value(p, ImputedVariable.Sex)),
            Whole("disabled_other", p => Value(p, ImputedVariable.Need) == own ? 0 : Value(p, ImputedVariable.Disability)),
            Whole("nfa", p => Base(p) / 2 % 2),
            Levels("need", p => Value(p, ImputedVariable.Need), cells.Needs),
            Figure(ModelTerms.Cin, cells.Cin),
            Figure(ModelTerms.Rate, cells.Rate),
            Whole(Children, p => completed[p]),
        ]);
    }
}
