using Caseload.Reports;

namespace Caseload.Cli.Tests;

/// <summary><c>caseload figures</c>: what stands in the report, a file each.</summary>
public sealed class FiguresCommandTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Into => Path.Combine(folder.Path, "figures");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_figure_of_the_report_is_written_as_it_stands_there()
    {
        CaseloadRun.Of("figures", "--run", run.Folder, "--out", Into).Succeeded();
        var report = File.ReadAllText(run.PathOf("report.html"));
        var files = Directory.GetFiles(Into, "*.svg");
        Assert.Equal(report.Split("<figure ").Length - 1, files.Length);
        foreach (var file in files)
        {
            Assert.Contains(Path.GetFileNameWithoutExtension(file), StudyFigures.Names);

            // A figure needs no row of a child: it lies in the run's folder as it was released.
            Assert.Equal(File.ReadAllText(run.PathOf("figures/" + Path.GetFileName(file))), File.ReadAllText(file));

            // In the page the ids begin with the figure's number and in the file with its name; all that is drawn comes after them.
            var drawn = File.ReadAllText(file);
            Assert.Contains(drawn[drawn.IndexOf("</desc>", StringComparison.Ordinal)..], report, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_figure_that_this_run_lacks_does_not_stay_from_another()
    {
        Directory.CreateDirectory(Into);
        var (earlier, own) = (Path.Combine(Into, "interaction.svg"), Path.Combine(Into, "mine.svg"));
        File.WriteAllText(earlier, "old");
        File.WriteAllText(own, "own");
        CaseloadRun.Of("figures", "--run", run.Folder, "--out", Into, "--quiet").Succeeded();
        Assert.False(File.Exists(earlier) && File.ReadAllText(earlier) == "old");
        Assert.Equal("own", File.ReadAllText(own));
    }

    [Fact]
    public void Pictures_in_pixels_need_a_browser_and_have_twice_the_size()
    {
        Chromium.Require();
        CaseloadRun.Of("figures", "--run", run.Folder, "--out", Into, "--format", "png").Succeeded();
        var file = File.ReadAllBytes(Path.Combine(Into, "flow.png"));
        Assert.Equal(1400, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)));
        Assert.Empty(Directory.GetFiles(Into, "*.partial"));
    }

    [Fact]
    public void What_cannot_be_done_is_told_and_nothing_is_written()
    {
        CaseloadRun.Of("figures", "--run", run.Folder, "--out", Into, "--scale", "3").Stopped(2, "--scale with --format png");
        CaseloadRun.Of("figures", "--run", run.Folder, "--out", Into, "--format", "png", "--scale", "9").Stopped(2, "from 1 to 8");
        CaseloadRun.Of("figures", "--run", run.Folder, "--out", Into, "--format", "pdf").Stopped(2);
        CaseloadRun.Of("figures", "--run", run.Folder, "--out", Into, "--format", "1").Stopped(2, "'1'");
        CaseloadRun.Of("figures", "--run", folder.Path, "--out", Into).Stopped(3, "run.json");
        Assert.False(Directory.Exists(Into));
    }
}
