using System.Text.RegularExpressions;

namespace Caseload.Tests.Architecture;

/// <summary>Folders are rooms on the way that data takes: nothing reaches back upstream. See docs/decisions/directions.md.</summary>
public sealed partial class DirectionTests
{
    // Each project may use those named after it.
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Caseload.Frames"] = [],
        ["Caseload.MixedModels"] = ["Caseload.Frames"],
        ["Caseload"] = ["Caseload.Frames", "Caseload.MixedModels"],
        ["Caseload.Notebooks"] = ["Caseload.Frames"],
        ["Caseload.Cli"] = ["Caseload", "Caseload.Frames", "Caseload.MixedModels", "Caseload.Notebooks"],
    };

    // Inside the study a folder uses only what stands before it.
    private static readonly string[] Rooms =
        ["Schemas", "Returns", "Rules", "Areas", "Cohorts", "Descriptives", "Models", "Effects", "Disclosure", "Results", "Exports", "Browsers", "Figures", "Findings", "Reports"];

    // These stand beside the way: they may use it, and nothing on the way uses them.
    private static readonly string[] Beside = ["Simulation", "Audit"];

    // What shows results reads aggregate records, never a child's row.
    private static readonly string[] WithoutChildren = ["Browsers", "Figures", "Findings", "Reports"];

    private static string Source => Path.Combine(Checkout.Root, "src");

    [Fact]
    public void A_project_references_only_those_before_it()
    {
        foreach (var (project, allowed) in Projects)
        {
            var text = File.ReadAllText(Directory.GetFiles(Path.Combine(Source, project), "*.csproj").Single());
            var used = ProjectReference().Matches(text).Select(m => m.Groups[1].Value).ToArray();

            Assert.All(used, name => Assert.Contains(name, allowed));
        }
    }

    [Fact]
    public void Every_project_of_the_source_is_in_the_list()
    {
        Assert.Equal(Projects.Keys.Order(), Directory.GetDirectories(Source).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_room_of_the_study_uses_only_those_before_it()
    {
        foreach (var room in Directory.GetDirectories(Path.Combine(Source, "Caseload")).Select(d => Path.GetFileName(d)!))
        {
            if (room is "bin" or "obj") continue;
            Assert.True(Rooms.Contains(room) || Beside.Contains(room), $"src/Caseload/{room} has no place on the way that data takes");
            foreach (var (file, used) in Uses(room))
            {
                if (used == room) continue;
                var allowed = Beside.Contains(room) ? Rooms.Contains(used) : Array.IndexOf(Rooms, used) >= 0 && Array.IndexOf(Rooms, used) < Array.IndexOf(Rooms, room);
                Assert.True(allowed, $"{file} in {room} uses {used}, which stands after it");
            }
        }
    }

    [Fact]
    public void What_shows_results_never_reads_a_childs_row()
    {
        foreach (var room in WithoutChildren)
        {
            foreach (var file in Files(room))
            {
                var text = File.ReadAllText(file);
                Assert.False(ChildRows().IsMatch(text), $"{Path.GetFileName(file)} reads rows of children");
            }
        }
    }

    [Fact]
    public void No_file_of_the_source_is_longer_than_400_lines()
    {
        var files = Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(File.ReadAllLines(file).Length <= 400, file));
    }

    private static IEnumerable<(string File, string Used)> Uses(string room) =>
        from file in Files(room)
        from Match match in StudyUsing().Matches(File.ReadAllText(file))
        let name = match.Groups[1].Value
        where name is not ("Frames" or "MixedModels")
        select (Path.GetFileName(file), name);

    private static string[] Files(string room) => Directory.Exists(Path.Combine(Source, "Caseload", room))
        ? Directory.GetFiles(Path.Combine(Source, "Caseload", room), "*.cs", SearchOption.AllDirectories)
        : [];

    [GeneratedRegex("""ProjectReference Include="[^"]*/([^/"]+)\.csproj""")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"^using (?:static )?Caseload\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex StudyUsing();

    [GeneratedRegex(@"\bChildren\.(Text|Flag|Number|Integer|Date|Columns)\b|EligibleChildren|ModelledChildren")]
    private static partial Regex ChildRows();
}
