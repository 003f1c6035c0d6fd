using System.Globalization;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.MixedModels.Fits;
using Caseload.Models;

namespace Caseload.Exports;

/// <summary>
/// Scripts that fit the study's interaction model in other programs, so that a reviewer can check it with a tool of their own. They are
/// written from the fit: its formula, reference levels and columns, and from the derivations that the fit's data went through. No child
/// is in them.
/// </summary>
public static class ModelScripts
{
    /// <summary>The file of the estimates that the scripts compare with.</summary>
    public const string EstimatesFile = "estimates.csv";

    /// <summary>The files that are written.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["model.R", "model.do", "model-mlwin.R", EstimatesFile];

    // Decimals to which estimates from real data are told, as in the tables; a likelihood's decimals tell counts.
    private const int Decimals = 4;

    /// <summary>Writes <c>model.R</c>, <c>model.do</c>, <c>model-mlwin.R</c> and the estimates into a folder.</summary>
    /// <param name="fit">The interaction model.</param>
    /// <param name="isSimulated">Whether the data are simulated: only then do the estimates have all their digits.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ProblemException">A file cannot be written.</exception>
    public static void Write(MixedModelFit fit, bool isSimulated, string folder)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var model = new ScriptModel(fit);
        Estimates(fit, isSimulated).SaveCsv(Path.Combine(folder, EstimatesFile));
        IReadOnlyList<string>[] scripts = [LmeScript.Lines(model), StataScript.Lines(model), MlwinScript.Lines(model)];
        foreach (var (name, lines) in FileNames.Zip(scripts))
        {
            OutputFile.WriteText(Path.Combine(folder, name), writer =>
            {
                foreach (var line in lines) writer.Write(line + "\n");
            });
        }
    }

    private static Frame Estimates(MixedModelFit fit, bool isSimulated)
    {
        double Rounded(double value, int decimals) =>
            isSimulated || !double.IsFinite(value) ? value : Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        var effect = fit.RandomEffects[0];
        (string Term, double Estimate, double Error)[] rows =
        [
            .. fit.FixedEffects.Select(e => (e.Term, Rounded(e.Estimate, Decimals), Rounded(e.StandardError, Decimals))),
            (ScriptModel.DeviationRow, Rounded(effect.StandardDeviations[0], Decimals),
                Rounded(effect.StandardDeviationErrors[0], Decimals)),
            (ScriptModel.LikelihoodRow, Rounded(fit.LogLikelihood, 0), double.NaN),
        ];
        return new Frame([
            TextColumn.Of("term", rows.Select(r => r.Term)),
            new NumberColumn("estimate", [.. rows.Select(r => r.Estimate)]),
            new NumberColumn("standard_error", [.. rows.Select(r => r.Error)]),
            new TextColumn("source_kind", new int[rows.Length], [isSimulated ? "simulated" : "real"]),
        ]);
    }
}

/// <summary>A fitted model as a script needs it.</summary>
internal sealed class ScriptModel
{
    internal const string DeviationRow = "sd(authority)";
    internal const string LikelihoodRow = "log-likelihood";

    internal ScriptModel(MixedModelFit fit)
    {
        Formula = fit.Formula;
        var recipe = fit.Recipe;
        Factors = [.. recipe.Formula.Variables.Zip(recipe.Levels)
            .Where(v => v.Second is not null).Select(v => (v.First.Name, v.Second!))];
        Terms = [.. recipe.Columns.Select(column => new ScriptTerm(column.Name, [.. column.Parts.Select(part =>
            (recipe.Formula.Variables[part.Variable].Name, part.Level < 0 ? null : recipe.Levels[part.Variable]![part.Level]))]))];
        Group = fit.RandomEffects[0].Group;
        var used = recipe.Formula.Variables.Select(v => v.Name).Append(Group).ToHashSet(StringComparer.Ordinal);
        Columns = [.. ModelColumn.All.Where(c => used.Contains(c.Name) || c.Name == "rereferred")];
    }

    /// <summary>The formula, in the dialect of R.</summary>
    internal string Formula { get; }

    /// <summary>The factors with their levels, the reference first.</summary>
    internal IReadOnlyList<(string Name, IReadOnlyList<string> Levels)> Factors { get; }

    /// <summary>The coefficients.</summary>
    internal IReadOnlyList<ScriptTerm> Terms { get; }

    /// <summary>The grouping.</summary>
    internal string Group { get; }

    /// <summary>How the columns are made of those of the cohort.</summary>
    internal IReadOnlyList<ModelColumn> Columns { get; }

    /// <summary>A number as every program reads it.</summary>
    internal static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A coefficient's name with letters, digits and underscores alone.</summary>
    internal static string Plain(string term) => string.Concat(term.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')).Trim('_');
}

/// <summary>A coefficient and the product that it multiplies.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parts">Numbers of the model by name, and levels of factors; none for the intercept.</param>
internal sealed record ScriptTerm(string Name, IReadOnlyList<(string Variable, string? Level)> Parts);
