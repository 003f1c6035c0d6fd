using System.Text.Json;
using Caseload.Frames;
using Caseload.Simulation;

namespace Caseload.Tests.Simulation;

/// <summary>What is planted stands in one file, which is read strictly.</summary>
public sealed class TruthTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "truth.json");

    [Fact]
    public void What_is_written_is_read_back()
    {
        new Truth { FemaleEffect = 0.5, AgeShares = [0.1, 0.1, 0.2, 0.3, 0.3] }.Write(File);
        var read = Truth.Read(File);

        Assert.Equal(0.5, read.FemaleEffect);
        Assert.Equal([0.1, 0.1, 0.2, 0.3, 0.3], read.AgeShares);
        Assert.Equal(JsonSerializer.Serialize(new Truth { FemaleEffect = 0.5, AgeShares = [0.1, 0.1, 0.2, 0.3, 0.3] }), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void The_defaults_can_be_written_and_read() // each default lies in its own range
    {
        new Truth().Write(File);

        Assert.Equal(JsonSerializer.Serialize(new Truth()), JsonSerializer.Serialize(Truth.Read(File)));
    }

    [Fact]
    public void A_file_changes_only_what_it_names()
    {
        System.IO.File.WriteAllText(File, "{ \"interactionEffect\": 0.34 }");

        Assert.Equal(JsonSerializer.Serialize(new Truth { InteractionEffect = 0.34 }), JsonSerializer.Serialize(Truth.Read(File)));
    }

    [Theory]
    [InlineData("{ \"InteractionEffect\": 1 }", "the key InteractionEffect", "interactionEffect")]
    [InlineData("{ \"needShares\": [0.5, 0.5] }", "a list of 2", "9 numbers")]
    [InlineData("{ \"femaleShare\": 1.5 }", "1.5", "0 to 1")]
    [InlineData("{ \"femaleShare\": \"half\" }", "text", "a number")]
    [InlineData("{ \"femaleShare\": null }", "null", "a number")]
    [InlineData("{ \"ageShares\": 0.2 }", "0.2", "5 numbers")]
    [InlineData("{ \"ageShares\": [0.2, 0.2, 0.2, 0.2, 0.9] }", "shares that make 1.7", "make 1")]
    [InlineData("{ \"rateQuantiles\": [9, 8, 7, 6, 5, 4, 3] }", "numbers that fall", "ascending")]
    [InlineData("{ \"femaleShare\": 0.5, \"femaleShare\": 0.4 }", "twice", "once")]
    [InlineData("[1]", "no object", "an object")]
    [InlineData("{ \"femaleShare\": 0.5", "not well-formed", "JSON")]
    public void What_cannot_be_planted_is_refused_with_what_was_expected(string json, string found, string expected)
    {
        System.IO.File.WriteAllText(File, json);
        var problem = Assert.Throws<ProblemException>(() => Truth.Read(File)).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_out_of_range_is_named_by_its_key_and_place()
    {
        System.IO.File.WriteAllText(File, "{ \"needShares\": [0.4, 0.2, 0.1, 0.1, 0.1, 0.05, 0.05, -1, 0] }");

        Assert.EndsWith("key needShares, place 8", Assert.Throws<ProblemException>(() => Truth.Read(File)).Problem.Where, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
