using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;

namespace Caseload.Cli;

/// <summary><c>fit --profile</c>: profile-likelihood intervals under the summary and in the JSON.</summary>
internal static class ProfileOption
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The option.</summary>
    public static Option<bool> Build() => new("--profile")
    {
        Description = "95% profile-likelihood intervals of coefficients, standard deviations, variances, shares of variance and median odds "
            + "ratios, under the summary and in the JSON (profileIntervals).",
    };

    /// <summary>The intervals, or null where the fit itself says why there are none.</summary>
    public static IntervalTable? Of(MixedModelFit fit)
    {
        try
        {
            return fit.ProfileIntervals();
        }
        catch (ProblemException) when (fit.Obstacle is not null)
        {
            return null;
        }
    }

    /// <summary>The JSON of a fit with the intervals; numbers that are not finite are null.</summary>
    public static string Into(string json, IntervalTable profile)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        document["profileIntervals"] = new JsonObject
        {
            ["level"] = profile.Level,
            ["intervals"] = new JsonArray([.. profile.Intervals.Select(interval => new JsonObject
            {
                ["quantity"] = JsonNamingPolicy.CamelCase.ConvertName(interval.Kind.ToString()),
                ["group"] = interval.Group.Length == 0 ? null : interval.Group,
                ["term"] = interval.Term.Length == 0 ? null : interval.Term,
                ["estimate"] = Finite(interval.Estimate), ["lower"] = Finite(interval.Lower), ["upper"] = Finite(interval.Upper),
            })]),
            ["remarks"] = new JsonArray([.. profile.Remarks.Select(remark => JsonValue.Create(remark))]),
        };
        return document.ToJsonString(Layout);
    }

    private static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
