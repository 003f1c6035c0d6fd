using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Caseload.Cli.Databases;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.MixedModels;
using Caseload.MixedModels.Databases;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.Cli;

/// <summary>
/// <c>caseload fit</c>: fits a model to a CSV file or to the rows of a database, prints a summary and writes the fit as JSON.
/// </summary>
internal static class FitCommand
{
    private static readonly Argument<string?> File = new("FILE")
    {
        Description = "The data: CSV, CSV compressed with gzip (.csv.gz), or - for standard input. In its place: --connection and --query.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly DatabaseOptions Database = new();

    private static readonly Option<string> Formula = new("--formula")
    {
        HelpName = "FORMULA", Description =
            "The model, for example \"y ~ age + need + (1 + age | la)\"; several random terms may be nested (1 | a/b) or crossed.",
        Required = true,
    };

    private static readonly Option<string> FamilyName = new("--family")
    {
        HelpName = "FAMILY", Description = "binomial, poisson, negative-binomial or gaussian.",
        DefaultValueFactory = _ => "binomial",
    };

    private static readonly Option<string?> LinkName = new("--link")
    {
        HelpName = "LINK", Description =
            "logit, probit or cloglog (binomial), log (poisson, negative-binomial), identity (gaussian). Default: the first of the family.",
    };

    private static readonly Option<int> Quadrature = new("--quadrature")
    {
        HelpName = "K", Description =
            "Points of adaptive Gauss-Hermite quadrature for each effect, 1 to 101; 1 is the Laplace approximation, which takes any random "
            + "effects. More need one grouping with one effect or two, and a family other than gaussian.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> Reml = new("--reml")
    {
        Description = "Restricted maximum likelihood: gaussian family, or the working linear model of quasi-likelihood.",
    };

    private static readonly Option<string> EstimatorName = new("--estimator")
    {
        HelpName = "ESTIMATOR", Description =
            "ml, or mql1, pql1 or pql2: quasi-likelihood of binomial and Poisson models with random effects, which has no likelihood and "
            + "shows what the estimator does to the estimates.",
        DefaultValueFactory = _ => "ml",
    };

    private static readonly Option<string?> Weights = new("--weights")
    {
        HelpName = "COLUMN", Description =
            "The column of prior weights: of a proportion, its trials; of a count, how often it counts; of a number, what divides "
            + "the residual variance.",
    };

    private static readonly Option<string?> Frequencies = new("--frequencies")
    {
        HelpName = "COLUMN", Description = "The column of frequencies: how many equal rows a row stands for, a whole number from 0.",
    };

    private static readonly Option<string[]> Factors = new("--factor")
    {
        HelpName = "COLUMN", Description = "A column of numbers that is a factor. May be repeated.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> References = new("--reference")
    {
        HelpName = "COLUMN=LEVEL", Description = "COLUMN=LEVEL, the reference level of a factor. May be repeated.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Modes = new("--modes")
    {
        Description = "Write the conditional modes of the groups into the JSON.",
    };

    private static readonly Option<bool> Profile = ProfileOption.Build();

    private static readonly Option<int> Repeat = new("--repeat")
    {
        HelpName = "N", Description = "Fit N times more and report the median time.",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<string?> Json = new("--json")
    {
        HelpName = "FILE", Description = "Write the fit as JSON to this file, or - for standard output in the summary's place.",
    };

    private static readonly Option<bool> Quiet = new("--quiet")
    {
        Description = "Print no summary.",
    };

    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var command = new Command("fit",
            "Fits a generalised linear model to a CSV file or a database, with or without random effects: binomial, Poisson and negative "
            + "binomial by the Laplace approximation or adaptive quadrature, Gaussian by maximum likelihood or REML.")
        {
            File, Formula, FamilyName, LinkName, Quadrature, Reml, EstimatorName, Weights, Frequencies, Factors, References, Modes, Profile,
            Repeat, Json, Quiet,
        };
        Database.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(File);
        var database = Database.ReadInPlaceOf(parsed, path, "FILE");
        var place = path ?? database!.Place;
        OutputPaths.RequireApart(parsed.GetValue(Json), path);
        var settings = Settings(parsed);
        var repeat = parsed.GetValue(Repeat);
        if (repeat < 0) throw Wrong("--repeat " + repeat, "0 or more", "Leave it out for one fit.");

        // The formula is read before the file, so that a slip in it costs no waiting.
        var formula = ModelFormula.Parse(parsed.GetRequiredValue(Formula));
        ((var data, settings), var read) = Time(() => path is null ? Count(database!, formula, settings) : (ReadFile(path), settings));
        var (frame, design) = Time(() => InFile(place, () => ModelFrame.Build(data, formula, settings)));
        var (fit, first) = Time(() => MixedModel.Fit(frame, settings));
        var warm = repeat == 0
            ? (double?)null
            : Median([.. Enumerable.Range(0, repeat).Select(_ => Time(() => MixedModel.Fit(frame, settings)).Milliseconds)]);

        var profile = parsed.GetValue(Profile) ? ProfileOption.Of(fit) : null;
        var json = parsed.GetValue(Json);
        if (json is not null)
        {
            var text = FitJson.Write(fit, new FitTimings(read, design, first, warm), parsed.GetValue(Modes));
            OutputFile.WriteText(json, writer => writer.WriteLine(profile is null ? text : ProfileOption.Into(text, profile)));
        }

        if (json != "-" && !parsed.GetValue(Quiet)) Console.Out.WriteLine($"{fit}\n{profile}".TrimEnd());
        return fit.Obstacle is null ? 0 : CommandHost.Report(fit.Obstacle with { Where = place });
    }

    private static Frame ReadFile(string path)
    {
        var loaded = CsvFile.Read(path);
        if (loaded.Encoding == TextEncoding.Windows1252) Console.Error.WriteLine($"{path} is not UTF-8 and was read as Windows-1252.");
        return loaded.Frame;
    }

    // The rows stay in the database, which counts them by the columns of the model.
    private static (Frame Cells, FitSettings Settings) Count(DatabaseInput database, ModelFormula formula, FitSettings settings)
    {
        var cells = database.Read(session => ModelCells.Count(session, database.Query, formula, settings));
        return (cells.Frame, cells.Settings);
    }

    // Without --link the family's own link stands.
    private static FitSettings Settings(ParseResult parsed) => parsed.GetValue(LinkName) is { } link
        ? LinkedByDefault(parsed) with { Link = Choose<Link>(link, "--link") }
        : LinkedByDefault(parsed);

    private static FitSettings LinkedByDefault(ParseResult parsed) => new()
    {
        Family = Choose<Family>(parsed.GetValue(FamilyName)!, "--family"),
        QuadraturePoints = parsed.GetValue(Quadrature),
        Reml = parsed.GetValue(Reml),
        Estimator = Choose<Estimator>(parsed.GetValue(EstimatorName)!, "--estimator"),
        Weights = parsed.GetValue(Weights),
        Frequencies = parsed.GetValue(Frequencies),
        Factors = parsed.GetValue(Factors)!,
        References = ReferencesByColumn(parsed.GetValue(References)!),
    };

    // The words of the contract are the names of the enumeration in lower case, with a hyphen between words.
    private static T Choose<T>(string word, string option)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        string[] words = [.. names.Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
        return Array.IndexOf(words, word) is var at and >= 0
            ? Enum.Parse<T>(names[at])
            : throw Wrong($"{option} {word}", "one of " + string.Join(", ", words), "Choose one of them.");
    }

    private static Dictionary<string, string> ReferencesByColumn(string[] texts)
    {
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var (column, level) = Reference(text);
            if (!references.TryAdd(column, level) && references[column] != level)
                throw Wrong($"two reference levels of {column}", "one", "Keep one --reference for each column.");
        }

        return references;
    }

    // A level may hold an equals sign; a column's name that does is not reached this way.
    private static (string Column, string Level) Reference(string text) => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0
        ? (text[..at], text[(at + 1)..])
        : throw Wrong("--reference " + text, "COLUMN=LEVEL", "Write it as in --reference need=N1.");

    private static T InFile<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ProblemException e) when (e.Problem.Kind == ProblemKind.CheckFailed)
        {
            throw new ProblemException(e.Problem with { Where = e.Problem.Where.Length == 0 ? path : $"{path}, {e.Problem.Where}" }, e);
        }
    }

    private static (T Value, double Milliseconds) Time<T>(Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var value = work();
        return (value, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2;
    }

    private static ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "", remedy));
}
