using System.Text.RegularExpressions;
using Caseload.Clients.Tests.Fixtures;

namespace Caseload.Clients.Tests.Nbconvert;

/// <summary><c>jupyter nbconvert --execute</c> on the study's notebooks.</summary>
public sealed partial class NbconvertTests(InstalledKernel kernel, ConvertedNotebooks converted) : IClassFixture<ConvertedNotebooks>
{
    public static TheoryData<string> Notebooks => [.. StudyNotebooks.Paths.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_has_the_outputs_that_the_kits_own_runner_gives(string notebook)
    {
        var (own, theirs) = converted.Of(kernel);
        Assert.True(File.Exists(Path.Combine(theirs.Folder, notebook)), theirs.Process.Account);
        var outputs = ExecutedNotebook.Outputs(Path.Combine(theirs.Folder, notebook));
        Assert.NotEmpty(outputs);
        Assert.Equal(ExecutedNotebook.Outputs(Path.Combine(own.Folder, notebook)), outputs);
    }

    [Fact]
    public void Nbconvert_ends_well_and_its_copies_are_valid()
    {
        var (_, theirs) = converted.Of(kernel);
        theirs.Process.Succeeded();
        string[] copies = Directory.GetFiles(theirs.Folder, "*.ipynb");
        Assert.Equal(StudyNotebooks.Paths.Count, copies.Length);
        const string validate = """
            import nbformat, sys
            for path in sys.argv[1:]: nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
            """;
        var validation = kernel.Client(ClientTools.Python, theirs.Folder, ["-B", "-c", validate, .. copies]);
        ClientProcess.Run(validation, TimeSpan.FromMinutes(1)).Succeeded();
    }

    [Fact]
    public void A_cell_that_fails_stops_nbconvert_with_the_cells_line()
    {
        var folder = kernel.NewFolder("failing");
        File.WriteAllText(Path.Combine(folder, "failing.ipynb"),
            ExecutedNotebook.Of("var zero = 0;", "var one = 1;\none / zero", "Console.Write(\"never\");"));
        var run = Converter.Run(kernel, folder, "--to", "notebook", "--execute", "failing.ipynb", "--output", "never.ipynb");
        Assert.NotEqual(0, run.Code);
        Assert.Contains("CellExecutionError", run.Error, StringComparison.Ordinal);
        Assert.Contains("DivideByZeroException", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"line 2", run.Error);
        Assert.DoesNotContain("Caseload.Notebooks", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "never.ipynb")));
    }

    [Fact]
    public void A_page_holds_the_chart_as_a_picture()
    {
        var folder = kernel.NewFolder("page");
        var notebook = StudyNotebooks.Paths.Single(path => Path.GetFileName(path).StartsWith("04", StringComparison.Ordinal));
        Converter.Run(kernel, folder, "--to", "html", "--execute", notebook, "--output-dir", folder).Succeeded();
        var page = File.ReadAllText(Directory.GetFiles(folder, "*.html").Single());
        Assert.Matches(Picture(), page);
        Assert.Contains("<table", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("<svg[^>]*role=\"img\"|data:image/svg\\+xml")]
    private static partial Regex Picture();
}
