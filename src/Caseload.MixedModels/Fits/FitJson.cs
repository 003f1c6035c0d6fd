using System.Text.Json;
using System.Text.Json.Serialization;
using Caseload.MixedModels.Checks;

namespace Caseload.MixedModels.Fits;

/// <summary>How long the stages of a fit took, in milliseconds; null where a stage was not timed.</summary>
/// <param name="Read">Reading the file.</param>
/// <param name="Design">Evaluating the formula and coding the columns.</param>
/// <param name="Fit">The first fit: collapse, estimates, standard errors and checks.</param>
/// <param name="Warm">The median of repeated fits from the coded columns.</param>
public sealed record FitTimings(double? Read, double? Design, double? Fit, double? Warm);

/// <summary>Writes a fit as the JSON object of the command line contract: numbers that are not finite are null.</summary>
public static class FitJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteOrNull() },
    };

    /// <summary>The JSON text of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="timings">How long it took.</param>
    /// <param name="withModes">Whether to write the conditional modes.</param>
    public static string Write(MixedModelFit fit, FitTimings timings, bool withModes = false)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(timings);
        var document = new Dictionary<string, object?>
        {
            ["formula"] = fit.Formula,
            ["family"] = Word(fit.Family),
            ["link"] = Word(fit.Link),
            ["method"] = Word(fit.Method),
            ["quadraturePoints"] = fit.QuadraturePoints,
            ["observations"] = fit.Observations,
            ["patterns"] = fit.Patterns,
            ["groups"] = fit.Groups.ToDictionary(g => g.Name, g => g.Count),
            ["logLikelihood"] = fit.LogLikelihood,
            ["deviance"] = fit.Deviance,
            ["aic"] = fit.Aic,
            ["bic"] = fit.Bic,
            ["fixedEffects"] = fit.FixedEffects.Select(e => new
            {
                term = e.Term, estimate = e.Estimate, standardError = e.StandardError, z = e.Z, p = e.P, lower = e.Lower, upper = e.Upper,
            }),
            ["randomEffects"] = fit.RandomEffects.Select(r => new
            {
                group = r.Group, terms = r.Terms, standardDeviations = r.StandardDeviations, covariance = r.Covariance,
                    correlation = r.Correlation,
            }),
            ["residualStandardDeviation"] = fit.ResidualStandardDeviation,
            ["dispersion"] = fit.Dispersion,
        };
        if (fit.Estimator != Estimator.Ml)
            document["quasiLikelihood"] = new { estimator = Word(fit.Estimator), restricted = fit.IsRestricted };
        if (withModes)
        {
            document["conditionalModes"] = fit.ConditionalModes.Select(m => new
            {
                group = m.Group, level = m.Level, term = m.Term, mode = m.Mode, standardError = m.StandardError,
            });
        }

        document["converged"] = fit.Converged;
        document["singular"] = fit.Singular;
        document["warnings"] = fit.Warnings.Select(w => new
        {
            check = JsonNamingPolicy.CamelCase.ConvertName(w.Check.ToString()), component = w.Component, value = w.Value,
                tolerance = w.Tolerance, message = w.Message,
        });
        document["milliseconds"] = new { read = timings.Read, design = timings.Design, fit = timings.Fit, warm = timings.Warm };
        return JsonSerializer.Serialize(document, Options);
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private sealed class FiniteOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }
}
