using System.Text.Json;
using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

public sealed class FitJsonTests
{
    private static readonly FitTimings Timings = new(1, 2, 3, null);

    [Fact]
    public void Has_the_fields_of_the_contract_in_their_order()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 41), "y ~ x + (1 | g)");
        using var document = JsonDocument.Parse(FitJson.Write(fit, Timings, withModes: true));
        var root = document.RootElement;
        Assert.Equal(
            "formula family link method quadraturePoints observations patterns groups logLikelihood deviance aic bic fixedEffects "
            + "randomEffects residualStandardDeviation dispersion conditionalModes converged singular warnings milliseconds",
            string.Join(' ', root.EnumerateObject().Select(p => p.Name)));
        Assert.Equal("term estimate standardError z p lower upper", Names(root.GetProperty("fixedEffects")[0]));
        Assert.Equal("group terms standardDeviations covariance correlation", Names(root.GetProperty("randomEffects")[0]));
        Assert.Equal("group level term mode standardError", Names(root.GetProperty("conditionalModes")[0]));
        Assert.Equal("read design fit warm", Names(root.GetProperty("milliseconds")));
        Assert.Equal("laplace", root.GetProperty("method").GetString());
        Assert.Equal("binomial", root.GetProperty("family").GetString());
        Assert.Equal("logit", root.GetProperty("link").GetString());
        Assert.Equal(20, root.GetProperty("groups").GetProperty("g").GetInt32());
        Assert.Equal(fit.LogLikelihood, root.GetProperty("logLikelihood").GetDouble());
        Assert.Equal(fit["x"].Estimate, root.GetProperty("fixedEffects")[1].GetProperty("estimate").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("milliseconds").GetProperty("warm").ValueKind);
    }

    [Fact]
    public void Writes_null_for_what_does_not_exist()
    {
        var data = Simulated.TwoLevel(seed: 42);
        var fit = MixedModel.Fit(data.With(new IntegerColumn("y", new int[data.RowCount])), "y ~ x + (1 | g)");
        using var document = JsonDocument.Parse(FitJson.Write(fit, Timings));
        var root = document.RootElement;
        Assert.Equal(JsonValueKind.Null, root.GetProperty("logLikelihood").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("fixedEffects")[0].GetProperty("p").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("randomEffects")[0].GetProperty("standardDeviations")[0].ValueKind);
        Assert.False(root.TryGetProperty("conditionalModes", out _));
        Assert.Equal("check component value tolerance message", Names(root.GetProperty("warnings")[0]));
        Assert.Equal("outcome", root.GetProperty("warnings")[0].GetProperty("check").GetString());
    }

    [Fact]
    public void Of_a_model_without_random_effects_says_glm()
    {
        using var document = JsonDocument.Parse(FitJson.Write(MixedModel.Fit(Simulated.TwoLevel(seed: 43), "y ~ x"), Timings));
        Assert.Equal("glm", document.RootElement.GetProperty("method").GetString());
        Assert.Equal(0, document.RootElement.GetProperty("randomEffects").GetArrayLength());
        Assert.Empty(document.RootElement.GetProperty("groups").EnumerateObject());
    }

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(p => p.Name));
}
