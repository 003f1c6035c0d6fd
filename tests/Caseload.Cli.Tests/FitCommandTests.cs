using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Caseload.Cli.Tests;

/// <summary><c>caseload fit</c> as a person or a script calls it: a process, files, text and an exit code.</summary>
public sealed class FitCommandTests : IDisposable
{
    private const string Model = "y ~ x + need + (1 | area)";

    private readonly string folder = Directory.CreateTempSubdirectory("caseload-fit-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Prints_a_summary_and_writes_json()
    {
        var json = Path.Combine(folder, "fit.json");
        var (code, output, error) =
            Run("fit", Data(), "--formula", Model, "--factor", "need", "--reference", "need=2", "--modes", "--repeat", "3", "--json", json);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Fixed effects", output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(File.ReadAllText(json));
        var fit = document.RootElement;
        Assert.Equal(["(Intercept)", "x", "need1", "need3"],
            fit.GetProperty("fixedEffects").EnumerateArray().Select(e => e.GetProperty("term").GetString()));
        Assert.Equal(12, fit.GetProperty("conditionalModes").GetArrayLength());
        Assert.True(fit.GetProperty("milliseconds").GetProperty("warm").GetDouble() > 0);
        Assert.Equal([json[(folder.Length + 1)..], "data.csv"], Directory.GetFiles(folder).Select(Path.GetFileName).OrderDescending());
    }

    [Fact]
    public void Reads_standard_input_and_writes_standard_output()
    {
        var (code, output, _) = Run(File.ReadAllBytes(Data()), "fit", "-", "--formula", Model, "--json", "-");
        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        Assert.Equal("laplace", document.RootElement.GetProperty("method").GetString());
    }

    [Fact]
    public void Profile_intervals_stand_under_the_summary_and_in_the_json()
    {
        var json = Path.Combine(folder, "fit.json");
        var (code, output, error) = Run("fit", Data(), "--formula", Model, "--profile", "--json", json);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Fixed effects, profile likelihood", output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(File.ReadAllText(json));
        var profile = document.RootElement.GetProperty("profileIntervals");
        Assert.Equal(0.95, profile.GetProperty("level").GetDouble());
        var intervals = profile.GetProperty("intervals").EnumerateArray().ToArray();
        Assert.Contains("medianOddsRatio", intervals.Select(i => i.GetProperty("quantity").GetString()));
        var x = intervals.Single(i => i.GetProperty("term").GetString() == "x");
        var wald = document.RootElement.GetProperty("fixedEffects").EnumerateArray().Single(e => e.GetProperty("term").GetString() == "x");
        Assert.Equal(wald.GetProperty("lower").GetDouble(), x.GetProperty("lower").GetDouble(),
            0.2 * wald.GetProperty("standardError").GetDouble());
    }

    [Fact]
    public void Profile_is_wrong_usage_where_there_is_no_likelihood()
    {
        var (code, output, error) = Run("fit", Data(), "--formula", Model, "--estimator", "pql2", "--profile");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("quasi-likelihood", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("binomial", "cloglog", "Two-level complementary log-log model")]
    [InlineData("binomial", "probit", "Two-level probit model")]
    [InlineData("poisson", null, "Two-level Poisson model with random intercepts, Laplace approximation")]
    [InlineData("negative-binomial", null, "Two-level negative binomial model")]
    [InlineData("gaussian", null, "Two-level linear model with random intercepts, maximum likelihood")]
    public void Fits_other_families_and_links(string family, string? link, string title)
    {
        var json = Path.Combine(folder, "fit.json");
        var (code, output, _) = Run(["fit", Data(), "--formula", Model, "--family", family, "--json", json,
            .. link is null ? Array.Empty<string>() : ["--link", link]]);
        Assert.Equal(0, code);
        Assert.StartsWith(title, output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal((family, link ?? (family == "gaussian" ? "identity" : "log")),
            (document.RootElement.GetProperty("family").GetString(), document.RootElement.GetProperty("link").GetString()));
    }

    [Fact]
    public void Fits_by_quadrature()
    {
        var (code, output, _) = Run("fit", Data(), "--formula", Model, "--quadrature", "7", "--json", "-");
        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        Assert.Equal("agq", document.RootElement.GetProperty("method").GetString());
        Assert.Equal(7, document.RootElement.GetProperty("quadraturePoints").GetInt32());
    }

    [Theory]
    [InlineData("y ~ x", "binomial", "without a random term, which has no integral")]
    [InlineData("y ~ x + (1 | area) + (1 | need)", "binomial", "crossed groupings, whose integral does not fall apart")]
    [InlineData("y ~ x + (1 | area/need)", "poisson", "nested or crossed groupings")]
    [InlineData("y ~ x + (1 + x + need | area)", "binomial", "3 random effects of each group")]
    [InlineData("y ~ x + (1 | area)", "gaussian", "Gaussian model, whose likelihood is exact")]
    public void Refuses_quadrature_where_it_does_not_apply_and_says_why(string formula, string family, string why)
    {
        var (code, output, error) = Run("fit", Data(), "--formula", formula, "--family", family, "--quadrature", "7");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Contains("Leave the quadrature points out", error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("y ~ x + (1 + x | area)", "Two-level logistic model with random intercepts and slopes, adaptive", "of 3 by 3 points", "3")]
    [InlineData("y ~ x + (1 | area) + (1 | need)", "Cross-classified logistic model with random intercepts", "Laplace approximation", "1")]
    [InlineData("y ~ x + (1 | area/need)", "Three-level logistic model with random intercepts", "Laplace approximation", "1")]
    public void Fits_random_effects_of_any_structure(string formula, string title, string method, string points)
    {
        var (code, output, _) = Run("fit", Data(), "--formula", formula, "--quadrature", points);
        Assert.Equal(0, code);
        Assert.StartsWith(title, output, StringComparison.Ordinal);
        Assert.EndsWith(method, output.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_frequencies_as_rows_written_out()
    {
        var counted = Write("counted.csv", "y,x,area,times", Enumerable.Range(0, 60)
            .Select(i => $"{i * 7 % 5 % 2},{i % 3},A{i / 6},{i % 4}"));
        var written = Write("written.csv", "y,x,area", Enumerable.Range(0, 60)
            .SelectMany(i => Enumerable.Repeat($"{i * 7 % 5 % 2},{i % 3},A{i / 6}", i % 4)));
        var (one, other) = (Fitted(counted, "--frequencies", "times"), Fitted(written));
        Assert.Equal(90, one.GetProperty("observations").GetInt32());
        foreach (var field in new[] { "logLikelihood", "bic" })
            Assert.Equal(other.GetProperty(field).GetDouble(), one.GetProperty(field).GetDouble(), 1e-8);
        Assert.Equal(2, Run("fit", counted, "--formula", "y ~ x", "--frequencies", "nosuch").Code);

        JsonElement Fitted(string file, params string[] options) =>
            JsonDocument.Parse(Run(["fit", file, "--formula", "y ~ x + (1 | area)", "--json", "-", .. options]).Output).RootElement;
    }

    // With equal groups of means 2, 5 and 11 and MSW = 1: sigma = 1, and the variance between groups is (MSB - MSW) / 3 = 62 / 3.
    [Fact]
    public void Fits_a_linear_mixed_model_by_restricted_maximum_likelihood()
    {
        var file = Write("numbers.csv", "y,g", new[] { 2, 5, 11 }.SelectMany(mean => new[] { -1, 0, 1 }.Select(rest => $"{mean + rest},g{mean}")));
        var (code, output, _) = Run("fit", file, "--formula", "y ~ 1 + (1 | g)", "--family", "gaussian", "--reml", "--json", "-");
        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        var fit = document.RootElement;
        Assert.Equal(("reml", "identity"), (fit.GetProperty("method").GetString(), fit.GetProperty("link").GetString()));
        Assert.Equal(1, fit.GetProperty("residualStandardDeviation").GetDouble(), 1e-8);
        Assert.Equal(62 / 3.0, fit.GetProperty("randomEffects")[0].GetProperty("covariance")[0][0].GetDouble(), 1e-6);
    }

    [Theory]
    [InlineData("mql1", "mql", "first-order marginal quasi-likelihood")]
    [InlineData("pql1", "pql", "first-order penalised quasi-likelihood")]
    [InlineData("pql2", "pql", "second-order penalised quasi-likelihood")]
    public void Fits_by_quasi_likelihood_without_a_likelihood(string estimator, string method, string title)
    {
        var json = Path.Combine(folder, "fit.json");
        var (code, output, _) = Run("fit", Data(), "--formula", Model, "--estimator", estimator, "--json", json);
        Assert.Equal(0, code);
        Assert.Contains(title, output, StringComparison.Ordinal);
        Assert.Contains("no log-likelihood, deviance, AIC or BIC", output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(method, document.RootElement.GetProperty("method").GetString());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("logLikelihood").ValueKind);
    }

    [Fact]
    public void Prints_nothing_when_quiet() => Assert.Equal((0, "", ""), Run("fit", Data(), "--formula", Model, "--quiet"));

    [Fact]
    public void Says_that_a_file_was_read_as_Windows_1252()
    {
        var file = Path.Combine(folder, "latin.csv");
        File.WriteAllText(file, File.ReadAllText(Data()).Replace("A01", "Caf\u00e9", StringComparison.Ordinal), Encoding.Latin1);
        var (code, _, error) = Run("fit", file, "--formula", Model);
        Assert.Equal(0, code);
        Assert.Contains("Windows-1252", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Exits_with_4_under_separation_and_still_writes_json()
    {
        var json = Path.Combine(folder, "fit.json");
        var separated =
            Write("separated.csv", "y,x,area", Enumerable.Range(0, 60).Select(i => $"{(i % 10 > 4 ? 1 : 0)},{i % 10},A{i / 10}"));
        var (code, _, error) = Run("fit", separated, "--formula", "y ~ x + (1 | area)", "--json", json, "--quiet");
        Assert.Equal(4, code);
        Assert.Contains("separation", error, StringComparison.Ordinal);
        Assert.Contains("separated.csv", error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("fixedEffects")[1].GetProperty("estimate").ValueKind);
    }

    [Theory]
    [InlineData(2, "the logit link with the gaussian family", "--family", "gaussian", "--link", "logit")]
    [InlineData(2, "quasi-likelihood with the gaussian family", "--family", "gaussian", "--estimator", "pql1")]
    [InlineData(2, "quasi-likelihood with the negative-binomial family", "--family", "negative-binomial", "--estimator", "mql1")]
    [InlineData(2, "7 quadrature points with quasi-likelihood", "--quadrature", "7", "--estimator", "pql2")]
    [InlineData(2, "--estimator nosuch", "--estimator", "nosuch")]
    [InlineData(2, "--family nosuch", "--family", "nosuch")]
    [InlineData(2, "the log link with the binomial family", "--link", "log")]
    [InlineData(2, "102 quadrature points", "--quadrature", "102")]
    [InlineData(2, "restricted maximum likelihood", "--reml")]
    [InlineData(2, "nosuch", "--factor", "nosuch")]
    [InlineData(2, "COLUMN=LEVEL", "--reference", "need")]
    [InlineData(2, "one of its levels", "--factor", "need", "--reference", "need=9")]
    [InlineData(2, "two reference levels", "--factor", "need", "--reference", "need=1", "--reference", "need=2")]
    [InlineData(2, "nosuch", "--weights", "nosuch")]
    [InlineData(2, "0 or more", "--repeat", "-1")]
    public void Says_what_is_wrong_with_an_option(int code, string told, params string[] options)
    {
        var (exit, output, error) = Run(["fit", Data(), "--formula", Model, .. options]);
        Assert.Equal((code, ""), (exit, output));
        Assert.Contains(told, error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_into_the_formula()
    {
        var (code, _, error) = Run("fit", Data(), "--formula", "y ~ x + nosuch");
        Assert.Equal(2, code);
        var lines = error.Split('\n');
        var formula = Array.FindIndex(lines, line => line.Contains("y ~ x + nosuch", StringComparison.Ordinal));
        Assert.Equal(lines[formula].IndexOf("nosuch", StringComparison.Ordinal), lines[formula + 1].IndexOf('^', StringComparison.Ordinal));
        Assert.Contains("y, x, need, area", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_file_and_line_of_a_bad_response()
    {
        var file = Write("bad.csv", "y,x", ["0,1", "1,2", "2,3"]);
        var (code, _, error) = Run("fit", file, "--formula", "y ~ x");
        Assert.Equal(1, code);
        Assert.Contains("bad.csv, data row 3 (line 4", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "nosuch.csv")]
    [InlineData(3, ".")]
    public void Cannot_fit_what_cannot_be_read(int code, string file) =>
        Assert.Equal(code, Run("fit", Path.Combine(folder, file), "--formula", Model).Code);

    [Fact]
    public void Leaves_an_existing_file_alone_when_the_fit_is_refused()
    {
        var json = Path.Combine(folder, "kept.json");
        File.WriteAllText(json, "kept");
        Assert.Equal(2, Run("fit", Data(), "--formula", "y ~ ", "--json", json).Code);
        Assert.Equal("kept", File.ReadAllText(json));
    }

    private string Data()
    {
        var random = new Random(5);
        return Write("data.csv", "y,x,need,area", Enumerable.Range(0, 240).Select(i =>
        {
            var (x, need) = (random.Next(-2, 3), random.Next(1, 4));
            var eta = 0.3 * x + 0.2 * need + (i / 20 % 5 - 2) / 2.0;
            return $"{(random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0)},{x},{need},A{i / 20:00}";
        }));
    }

    private string Write(string name, string header, IEnumerable<string> rows)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, string.Join('\n', rows.Prepend(header)) + "\n");
        return path;
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments) => Run([], arguments);

    private static (int Code, string Output, string Error) Run(byte[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "caseload.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
