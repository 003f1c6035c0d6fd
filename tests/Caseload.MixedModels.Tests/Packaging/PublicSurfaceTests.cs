namespace Caseload.MixedModels.Tests.Packaging;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        // After a change that is meant: CASELOAD_UPDATE=1 dotnet test -c Release tests/Caseload.MixedModels.Tests writes the file anew.
        var path = Path.Combine(Checkout.Root, "tests", "Caseload.MixedModels.Tests", "Packaging", "PublicSurface.approved.txt");
        var surface = PublicSurface.Text();
        if (Environment.GetEnvironmentVariable("CASELOAD_UPDATE") == "1") File.WriteAllText(path, surface);

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), surface);
    }

    // What reflection could lose without a word: records, what is required, what may be null, names of tuples, defaults.
    [Theory]
    [InlineData("public sealed record FixedEffect\n    FixedEffect(string Term, double Estimate, double StandardError)\n")]
    [InlineData("    required double LogLikelihood { get; init; }\n")]
    [InlineData("    Problem? Obstacle { get; init; }\n")]
    [InlineData("    IReadOnlyList<(string Group, IReadOnlyList<DesignColumn> Columns)> RandomEffects { get; init; }\n")]
    [InlineData("    static LikelihoodRatioTable Compare(params IReadOnlyList<(string Name, MixedModelFit Fit)> models)\n")]
    [InlineData("    static MixedModelFit Fit(Frame frame, string formula, FitSettings? settings = null)\n")]
    [InlineData("public abstract record ModelResponse\n")]
    [InlineData("    override string ToString()\n")]
    [InlineData("public sealed class CsvRows : IDisposable\n")]
    public void Reads_like_the_source(string expected) => Assert.Contains(expected, PublicSurface.Text(), StringComparison.Ordinal);

    [Fact]
    public void Leaves_out_what_the_compiler_adds_to_records() => Assert.All(
        ["Deconstruct", "op_Equality", "EqualityContract", "PrintMembers", "Clone"],
        name => Assert.DoesNotContain(name, PublicSurface.Text(), StringComparison.Ordinal));
}
