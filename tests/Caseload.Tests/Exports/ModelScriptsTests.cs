using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Caseload.Benchmarks.Imputation;
using Caseload.Cohorts;
using Caseload.Exports;
using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.Models;
using Caseload.Tests.Effects;
using Caseload.Tests.Results;

namespace Caseload.Tests.Exports;

/// <summary>The scripts of the model for other programs: written from the fit, and in R they agree with it.</summary>
public sealed partial class ModelScriptsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Scripts => Path.Combine(folder.Path, "scripts");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_script_in_R_fits_the_same_model_and_agrees(bool hasStatus)
    {
        var cohort = RecordedAtRandom.Draw(17, 40, 100);
        var fit = StudyModels.Fit(ModelData.Of(cohort)).Interaction;
        Assert.False(fit.Singular);

        // A cohort of another hand has no status: the script finds the modelled children by what is recorded.
        var columns = cohort.Children.Columns.Select(c => c.Name).Where(name => hasStatus || name != "status").ToArray();
        cohort.Children.Select(columns).SaveCsv(Path.Combine(folder.Path, "cohort.csv"));
        ModelScripts.Write(fit, isSimulated: true, Scripts);

        var said = RunR("model.R");

        Assert.Equal(cohort.ModelledChildren.RowCount, Said(said, "children"));
        Assert.Equal(0, Said(said, "missing terms"));
        Assert.InRange(Said(said, "largest difference of an estimate"), 0, 1e-4);
        Assert.InRange(Said(said, "difference of the log-likelihood"), 0, 1e-4);
    }

    [Theory]
    [InlineData("model.R")]
    [InlineData("model.do")]
    [InlineData("model-mlwin.R")]
    public void Every_column_centre_unit_and_reference_level_of_the_fit_stands_in_each_script(string name)
    {
        ModelScripts.Write(StudyFit.Fit, isSimulated: true, Scripts);
        var script = File.ReadAllText(Path.Combine(Scripts, name));

        Assert.Contains("cin_per_social_worker) - 10) / 5", script, StringComparison.Ordinal);
        Assert.Contains("referral_rate_per_10000) - 550) / 250", script, StringComparison.Ordinal);
        var references = StudyFit.Fit.Recipe.Levels.Where(levels => levels is not null).Select(levels => levels![0]).ToArray();
        Assert.Equal(2, references.Length);
        Assert.All(references, level => Assert.Matches(name == "model.R" ? $"levels = c\\(\"{Regex.Escape(level)}\"" : $": against {Regex.Escape(level)}\n", script));
        foreach (var effect in StudyFit.Fit.FixedEffects.Where(e => e.Term != "(Intercept)"))
        {
            var plain = NotPlain().Replace(effect.Term, "_");
            var level = StudyFit.Fit.Recipe.Levels.Where(l => l is not null).SelectMany(l => l!).FirstOrDefault(l => effect.Term.EndsWith(l, StringComparison.Ordinal));
            var expected = name switch
            {
                "model.do" => $" m_{plain} ",
                "model-mlwin.R" => $" x_{plain} ",
                _ => level is null ? effect.Term.Split(':')[0] : $"\"{level}\"",
            };
            Assert.Contains(expected, script, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_coefficients_of_the_script_in_Stata_are_those_of_the_fit_and_each_is_compared_once()
    {
        ModelScripts.Write(StudyFit.Fit, isSimulated: true, Scripts);
        var lines = File.ReadAllLines(Path.Combine(Scripts, "model.do"));

        var compared = lines.Where(l => l.StartsWith("quietly summarize estimate if term == ", StringComparison.Ordinal)).Select(l => l.Split('"')[1]);
        Assert.Equal([.. StudyFit.Fit.FixedEffects.Select(e => e.Term), "sd(authority)", "log-likelihood"], compared);
        var command = lines.Single(l => l.StartsWith("melogit ", StringComparison.Ordinal));
        Assert.Equal(StudyFit.Fit.FixedEffects.Count - 1, command.Split("||")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length - 2);
        Assert.EndsWith("|| m_authority:, intmethod(laplace)", command, StringComparison.Ordinal);
        Assert.All(lines.Where(l => l.StartsWith("generate ", StringComparison.Ordinal)), l => Assert.True(l.Split(' ')[2].Length <= 32));
    }

    [Fact]
    public void Another_reference_level_in_the_fit_is_another_in_the_scripts()
    {
        // Without a child of the preferred reference need the fit takes the next, and so must the scripts.
        var data = ModelData.Of(SimulatedStudy.Small);
        var need = data.Text("need");
        var fit = StudyModels.Fit(data.Filter(row => need[row] != "N8")).Interaction;

        ModelScripts.Write(fit, isSimulated: true, Scripts);

        Assert.Contains("levels = c(\"N7\", \"N1\"", File.ReadAllText(Path.Combine(Scripts, "model.R")), StringComparison.Ordinal);
        Assert.Contains("* need: against N7", File.ReadAllText(Path.Combine(Scripts, "model.do")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_estimates_have_all_digits_for_simulated_data_and_few_for_real_ones()
    {
        var fit = StudyFit.Fit;
        ModelScripts.Write(fit, isSimulated: true, Scripts);
        var open = Frame.LoadCsv(Path.Combine(Scripts, ModelScripts.EstimatesFile));
        ModelScripts.Write(fit, isSimulated: false, Scripts);
        var real = Frame.LoadCsv(Path.Combine(Scripts, ModelScripts.EstimatesFile));

        Assert.Equal([.. fit.FixedEffects.Select(e => e.Estimate)], open.Number("estimate").Values[..fit.FixedEffects.Count].ToArray());
        Assert.Equal(fit.LogLikelihood, open.Number("estimate").Values[^1]);
        Assert.Equal("real", real.Text("source_kind")[0]);
        Assert.All(real.Number("estimate").Values.ToArray(), value => Assert.Equal(Math.Round(value, 4), value));
        Assert.Equal(Math.Round(fit.LogLikelihood, MidpointRounding.AwayFromZero), real.Number("estimate").Values[^1]);
    }

    public void Dispose() => folder.Dispose();

    private static double Said(string output, string what) =>
        double.Parse(Regex.Match(output, $"^{what} ([0-9.e+-]+)", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);

    private string RunR(string script)
    {
        Require(Start("-e", "stopifnot(requireNamespace('lme4', quietly = TRUE))") is { Code: 0 });
        var run = Start("--vanilla", Path.Combine(Scripts, script))!.Value;
        Assert.True(run.Code == 0, run.Error);
        return run.Output;
    }

    private static void Require(bool isPresent)
    {
        const string reason = "R with lme4 is not on this machine (Debian: r-base-core, r-cran-lme4)";
        Assert.False(!isPresent && Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1", reason);
        Assert.SkipUnless(isPresent, reason);
    }

    private static (int Code, string Output, string Error)? Start(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("Rscript", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NotPlain();
}
