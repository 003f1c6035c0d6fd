using System.Text.Json;
using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Inference;

/// <summary>Fits of public teaching data that inference is held against.</summary>
internal static class References
{
    internal static MixedModelFit Sleepstudy() => MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/sleepstudy.csv")),
        "Reaction ~ Days + (Days | Subject)", new FitSettings { Family = Family.Gaussian, Reml = true });

    internal static MixedModelFit Epilepsy() => MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/epil.csv")),
        "y ~ lbase4 * trt + lage + V4 + (1 | subject)",
        new FitSettings { Family = Family.Poisson, References = new Dictionary<string, string> { ["trt"] = "placebo" } });

    internal static MixedModelFit NegativeBinomial() => MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/epil.csv")),
        "y ~ lbase4 + trt + (1 | subject)",
        new FitSettings { Family = Family.NegativeBinomial, References = new Dictionary<string, string> { ["trt"] = "placebo" } });

    /// <summary>A fit of the reference folder, with what other software predicts from it.</summary>
    internal static (MixedModelFit Fit, JsonElement Predict, Frame NewData) Predicted(string data, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedReference.Require($"fits/{name}.json")));
        var (reference, predict) = (document.RootElement, document.RootElement.GetProperty("predict").Clone());
        var gaussian = reference.GetProperty("family").GetString() == "gaussian";
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require($"data/{data}.csv")), reference.GetProperty("formula").GetString()!,
            new FitSettings
            {
                Family = gaussian ? Family.Gaussian : Family.Binomial, Reml = gaussian && reference.GetProperty("REML").GetBoolean(),
                QuadraturePoints = gaussian ? 1 : reference.GetProperty("nAGQ").GetInt32(), Factors = data == "cbpp" ? ["period"] : [],
            });
        return (fit, predict, NewData(predict.GetProperty("newdata")));
    }

    internal static double[] Numbers(JsonElement predict, string field) =>
        [.. predict.GetProperty(field).EnumerateArray().Select(number => number.GetDouble())];

    private static Frame NewData(JsonElement rows) => new([.. rows[0].EnumerateObject().Select(cell =>
        cell.Value.ValueKind == JsonValueKind.String
            ? (Column)TextColumn.Of(cell.Name, rows.EnumerateArray().Select(row => row.GetProperty(cell.Name).GetString()))
            : new NumberColumn(cell.Name, [.. rows.EnumerateArray().Select(row => row.GetProperty(cell.Name).GetDouble())]))]);
}
