using Caseload.Frames.Csv;

namespace Caseload.Frames.Tests.Csv;

/// <summary>Entries that belong together: a reader who finds the first has all of one writing, whenever the writer was killed.</summary>
public sealed class OutputFolderTests : IDisposable
{
    private static readonly string[] Entries = ["first.csv", "more", "last.json"];
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void New_entries_take_the_place_of_old_ones_whole_and_anything_else_is_let_be()
    {
        File.WriteAllText(PathOf("mine.txt"), "mine");
        Write("old", "a.csv", "b.csv");
        Write("new", "c.csv");

        Assert.Equal(
            ["first.csv: new", "last.json: new", "mine.txt: mine", Path.Combine("more", "c.csv") + ": new"], Found());
    }

    [Fact]
    public void A_writing_that_fails_leaves_what_was_there()
    {
        Write("old", "a.csv");
        var before = Found();

        Assert.Throws<IOException>(() => OutputFolder.Replace(folder.Path, Entries, staged =>
        {
            Put(staged, "new", "b.csv");
            throw new IOException("full");
        }));

        Assert.Equal(before, Found());
    }

    // The six renamings, one after another: a kill can come after each of them.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_kill_after_any_renaming_leaves_the_first_entry_with_all_of_one_writing_or_without_it(int renamings)
    {
        Write("old", "a.csv");
        var before = Found();
        KilledAfter(renamings);

        if (File.Exists(PathOf("first.csv")))
        {
            var kind = File.ReadAllText(PathOf("first.csv"));
            Assert.Equal(kind, File.ReadAllText(PathOf("last.json")));
            Assert.Equal(kind, File.ReadAllText(Assert.Single(Directory.GetFiles(PathOf("more")))));
        }

        // A next writing that fails finds the old entries again, or the new ones where all of them had entered.
        Assert.Throws<IOException>(() => OutputFolder.Replace(folder.Path, Entries, _ => throw new IOException("full")));
        Assert.Equal(renamings == 6 ? [.. before.Select(f => f.Replace("old", "new", StringComparison.Ordinal).Replace("a.csv", "b.csv", StringComparison.Ordinal))] : before, Found());

        KilledAfter(renamings);
        Write("newest", "d.csv");
        Assert.Equal(["first.csv: newest", "last.json: newest", Path.Combine("more", "d.csv") + ": newest"], Found());
    }

    public void Dispose() => folder.Dispose();

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    private void Write(string text, params string[] names) => OutputFolder.Replace(folder.Path, Entries, staged => Put(staged, text, names));

    private static void Put(string into, string text, params string[] names)
    {
        Directory.CreateDirectory(Path.Combine(into, "more"));
        foreach (var name in names) File.WriteAllText(Path.Combine(into, "more", name), text);
        File.WriteAllText(Path.Combine(into, "first.csv"), text);
        File.WriteAllText(Path.Combine(into, "last.json"), text);
    }

    private void KilledAfter(int renamings)
    {
        var (staged, aside) = (PathOf(OutputFolder.Staging), Directory.CreateDirectory(PathOf(OutputFolder.Aside)).FullName);
        Put(staged, "new", "b.csv");
        var moves = Entries.Select(e => (From: PathOf(e), To: Path.Combine(aside, e)))
            .Concat(Entries.Reverse().Select(e => (From: Path.Combine(staged, e), To: PathOf(e))));
        foreach (var (from, to) in moves.Take(renamings)) Directory.Move(from, to);
    }

    private string[] Found() =>
    [
        .. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetRelativePath(folder.Path, path)}: {File.ReadAllText(path)}"),
    ];
}
