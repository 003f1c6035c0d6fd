using System.Security.Cryptography;
using System.Text.Json;
using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Simulation;
using Caseload.Tests.Results;

namespace Caseload.Tests.Simulation;

/// <summary>A simulation on disk: the same seed gives the same bytes, and nothing of a person's own is ever lost to it.</summary>
public sealed class SimulationFilesTests : IDisposable
{
    private static readonly SimulationSettings Few = new() { Children = 600, Truth = new Truth { SlipAuthorities = 0 } };
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(ReturnFormat.Csv)]
    [InlineData(ReturnFormat.Xml)]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others(ReturnFormat format)
    {
        var (first, second, other) = (Write("a", Few, format), Write("b", Few, format), Write("c", Few with { Seed = 7 }, format));

        Assert.Equal(first, second);
        Assert.NotEmpty(first);
        foreach (var (file, hash) in first.Where(f => f.Key.StartsWith("returns", StringComparison.Ordinal) || f.Key == "areas.csv"))
            Assert.NotEqual(hash, other.GetValueOrDefault(file));
    }

    [Fact]
    public void Xml_and_csv_of_the_same_simulation_are_read_back_to_the_same_cohort()
    {
        var csv = SimulatedStudy.Cohort(Few);
        var xml = SimulatedStudy.Cohort(Few, ReturnFormat.Xml);

        Assert.True(xml.IsSimulated);
        Assert.Equal(FrameText.Table(csv.Children, int.MaxValue), FrameText.Table(xml.Children, int.MaxValue));
        Assert.Equal(csv.Flow.Select(s => s.Count), xml.Flow.Select(s => s.Count));
    }

    [Theory]
    [InlineData(ReturnFormat.Csv)]
    [InlineData(ReturnFormat.Xml)]
    public void What_was_written_meets_its_contract_without_a_finding(ReturnFormat format)
    {
        Write("a", Few, format);
        var read = ReturnsReader.ReadFolder(SimulatedStudy.Package.Table("returns"), PathOf("a/returns"));

        Assert.Equal(0, read.Reading.FindingCount);
        Assert.Empty(read.Reading.Exclusions);

        // Small authorities can be without a referral in a year; nothing else is odd.
        Assert.DoesNotContain(read.Oddities, o => !o.Observation.StartsWith("no referral of the census year", StringComparison.Ordinal));
        Assert.True(read.IsSimulated);
    }

    [Fact]
    public void The_data_package_says_that_all_is_simulated_and_lists_each_file()
    {
        Write("a", Few, ReturnFormat.Csv);
        using var json = JsonDocument.Parse(File.ReadAllText(PathOf("a/datapackage.json")));

        Assert.Equal("simulated", json.RootElement.GetProperty("sourceKind").GetString());
        Assert.Contains("SIMULATED", json.RootElement.GetProperty("description").GetString(), StringComparison.Ordinal);
        var listed = json.RootElement.GetProperty("resources").EnumerateArray().Select(r => r.GetProperty("path").GetString()!).ToArray();
        Assert.Equal(Hashes("a").Keys, listed.Append("datapackage.json").Order(StringComparer.Ordinal));
        Assert.Contains("returns/2011/cin-2011-001.csv", listed);
        Assert.All(listed.Where(f => f.StartsWith("returns", StringComparison.Ordinal)),
            f => Assert.Matches(@"^returns/(201[1-6])/cin-\1-0[0-9]{2}\.csv$", f));
    }

    [Fact]
    public void Another_simulation_takes_the_place_of_an_earlier_one_whole()
    {
        Write("a", Few, ReturnFormat.Xml);
        var after = Write("a", Few, ReturnFormat.Csv);

        Assert.Equal(Write("b", Few, ReturnFormat.Csv), after);
    }

    // The states between the renamings, by which a simulation takes the place of another: see OutputFolder.
    [Theory]
    [InlineData("areas.csv truth.json", "")]
    [InlineData("areas.csv truth.json returns", "")]
    [InlineData("areas.csv truth.json returns datapackage.json", "")]
    [InlineData("areas.csv truth.json returns datapackage.json", "datapackage.json")]
    [InlineData("areas.csv truth.json returns datapackage.json", "datapackage.json returns truth.json")]
    public void A_simulation_that_was_killed_while_it_took_its_place_is_known_as_one_and_replaced(string left, string entered)
    {
        var other = Few with { Seed = 7 };
        Write("a", Few, ReturnFormat.Xml);
        Write("b", other, ReturnFormat.Csv);
        foreach (var name in left.Split(' ')) Move(PathOf("a/" + name), PathOf("a/.replaced/" + name));
        foreach (var name in entered.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Move(PathOf("b/" + name), PathOf("a/" + name));
        Move(PathOf("b"), PathOf("a/.partial"));

        Assert.Equal(Write("c", Few, ReturnFormat.Csv), Write("a", Few, ReturnFormat.Csv));
    }

    [Theory]
    [InlineData("areas.csv")]
    [InlineData("returns/mine.xml")]
    [InlineData("truth.json")]
    [InlineData("datapackage.json")]
    public void A_folder_with_files_that_no_simulation_made_is_refused_and_stays_as_it_was(string file)
    {
        Put("a/" + file, "{ \"sourceKind\": \"my own\" }");
        var before = Hashes("a");

        var problem = Assert.Throws<ProblemException>(() => Write("a", Few, ReturnFormat.Csv)).Problem;

        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.Equal(before, Hashes("a"));
    }

    [Fact]
    public void A_return_that_a_person_put_beside_simulated_ones_is_not_deleted()
    {
        Write("a", Few, ReturnFormat.Csv);
        Put("a/returns/mine.xml", "<Message/>");
        var before = Hashes("a");

        Assert.Equal(ProblemKind.WrongUsage, Assert.Throws<ProblemException>(() => Write("a", Few, ReturnFormat.Csv)).Problem.Kind);
        Assert.Equal(before, Hashes("a"));
    }

    [Fact]
    public void Files_elsewhere_in_the_folder_are_let_be()
    {
        Put("a/notes.txt", "mine");
        Write("a", Few, ReturnFormat.Csv);

        Assert.Equal("mine", File.ReadAllText(PathOf("a/notes.txt")));
    }

    public void Dispose() => folder.Dispose();

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    private static void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Directory.Move(from, to);
    }

    private void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    private SortedDictionary<string, string> Write(string name, SimulationSettings settings, ReturnFormat format)
    {
        SimulationFiles.Write(Simulator.Run(settings), settings, PathOf(name), format);
        return Hashes(name);
    }

    private SortedDictionary<string, string> Hashes(string name) => new(
        Directory.EnumerateFiles(PathOf(name), "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(PathOf(name), path).Replace('\\', '/'), path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))),
        StringComparer.Ordinal);
}
