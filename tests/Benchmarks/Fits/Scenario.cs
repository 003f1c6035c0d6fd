using Caseload.Benchmarks.Data;
using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.Benchmarks.Fits;

/// <summary>A model and the data that it is fitted to.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Data">The data.</param>
/// <param name="Formula">The model.</param>
/// <param name="Settings">How it is fitted.</param>
/// <param name="Goal">The warm median that was asked for, in milliseconds; null where none was.</param>
internal sealed record Scenario(string Name, DataSet Data, string Formula, FitSettings Settings, double? Goal)
{
    /// <summary>Evaluates and codes the columns.</summary>
    internal ModelFrame Code(BenchmarkData data) => ModelFrame.Build(data[Data].Frame, ModelFormula.Parse(Formula), Settings);

    /// <summary>The fit from coded columns: collapse, estimates, standard errors, every check.</summary>
    internal MixedModelFit Fit(ModelFrame columns) => MixedModel.Fit(columns, Settings);

    /// <summary>Why the engine cannot fit this model, or null where it can.</summary>
    internal string? Obstacle(BenchmarkData data)
    {
        try
        {
            return Fit(Code(data)).Obstacle is { } obstacle ? obstacle.Found : null;
        }
        catch (ProblemException e)
        {
            return e.Problem.Found;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
