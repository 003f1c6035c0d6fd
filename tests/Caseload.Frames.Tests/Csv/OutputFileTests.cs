using Caseload.Frames.Csv;

namespace Caseload.Frames.Tests.Csv;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_write_that_fails_halfway_leaves_the_old_file_and_nothing_else()
    {
        var path = folder.File("a.txt", "old");

        Assert.Throws<ProblemException>(() => OutputFile.WriteText(path, writer =>
        {
            writer.Write("half");
            throw new IOException("No space left on device");
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_message_of_a_disk_that_fills_says_what_to_do()
    {
        var problem = Assert.Throws<ProblemException>(() =>
            OutputFile.WriteText(Path.Combine(folder.Path, "a"), _ => throw new IOException("No space left on device"))).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains("No space left", problem.Found, StringComparison.Ordinal);
        Assert.Contains("Free space", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_on_the_way_are_made()
    {
        var path = Path.Combine(folder.Path, "a", "b", "c.txt");

        OutputFile.WriteText(path, writer => writer.Write("text"));

        Assert.Equal("text", File.ReadAllText(path));
    }

    public void Dispose() => folder.Dispose();
}
