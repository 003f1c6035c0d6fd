using System.Security.Cryptography;
using System.Text.Json;
using Caseload.Exports;
using Caseload.Schemas;
using Caseload.Tests.Results;

namespace Caseload.Tests.Exports;

/// <summary>The data package beside a cohort file.</summary>
public sealed class CohortPackageTests : IDisposable
{
    private static readonly PackageOrigin Origin = new(true, "Simulated: seed 7.", "1.2.3", "0.1.0");
    private readonly TemporaryFolder folder = new();

    private string Cohort => Path.Combine(folder.Path, "cohort.csv");

    [Fact]
    public void It_has_the_keys_that_the_specification_requires()
    {
        var package = Write(Origin);

        FrictionlessRules.Check(package, folder.Path);
    }

    [Fact]
    public void It_says_of_what_kind_the_data_are_where_they_come_from_and_which_bytes_it_is_about()
    {
        var package = Write(Origin);
        var resource = package.GetProperty("resources")[0];

        Assert.Equal("simulated", package.GetProperty("sourceKind").GetString());
        Assert.Equal("Simulated: seed 7.", package.GetProperty("sources")[0].GetProperty("title").GetString());
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Cohort))), resource.GetProperty("hash").GetString());
        Assert.Equal(new FileInfo(Cohort).Length, resource.GetProperty("bytes").GetInt64());
        Assert.Equal(SimulatedStudy.Small.Children.RowCount, resource.GetProperty("caseload:rows").GetInt32());
    }

    [Fact]
    public void Real_data_have_no_licence_and_must_not_leave()
    {
        var package = Write(Origin with { IsSimulated = false });

        Assert.Equal("real", package.GetProperty("sourceKind").GetString());
        Assert.False(package.TryGetProperty("licenses", out _));
        Assert.Contains("must not leave", package.GetProperty("caseload:terms").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_lists_the_columns_that_the_file_has_and_no_others_in_their_order()
    {
        var package = Write(Origin);

        var fields = package.GetProperty("resources")[0].GetProperty("schema").GetProperty("fields").EnumerateArray();
        Assert.Equal(File.ReadLines(Cohort).First().Split(','), fields.Select(f => f.GetProperty("name").GetString()));
    }

    [Fact]
    public void The_kits_own_strict_reader_takes_the_schema_and_reads_every_row_by_it()
    {
        var schema = Write(Origin).GetProperty("resources")[0].GetProperty("schema").GetRawText();
        Directory.CreateDirectory(Path.Combine(folder.Path, "codelists"));
        foreach (var list in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "data-schema", "codelists")))
            File.Copy(list, Path.Combine(folder.Path, "codelists", Path.GetFileName(list)));
        folder.File("cohort.schema.json", schema);
        folder.File("datapackage.json", """
            {"name":"p","title":"t","description":"d","version":"1","licenses":[{"name":"MIT","title":"MIT"}],
             "resources":[{"name":"cohort","path":"cohort.csv","schema":"cohort.schema.json"}]}
            """);

        var table = DataPackage.Load(folder.Path).Table("cohort");
        var reading = TableReader.Read(table, Cohort);

        Assert.Empty(reading.Findings);
        Assert.Equal(SimulatedStudy.Small.Children.RowCount, reading.Rows.RowCount);
        Assert.Equal(
            SimulatedStudy.Package.Table("cohort").Find("authority")!.Constraints.Pattern!.ToString(), table.Find("authority")!.Constraints.Pattern!.ToString());
    }

    [Theory]
    [InlineData("a/cohort.csv", "a/cohort.datapackage.json")]
    [InlineData("b.csv.gz", "b.datapackage.json")]
    [InlineData("2011 real.CSV", "2011 real.datapackage.json")]
    public void Its_name_follows_the_files_so_that_two_cohorts_may_lie_in_one_folder(string file, string package) =>
        Assert.Equal(package, CohortPackage.PathFor(file).Replace('\\', '/'));

    public void Dispose() => folder.Dispose();

    private JsonElement Write(PackageOrigin origin)
    {
        SimulatedStudy.Small.Children.SaveCsv(Cohort);
        CohortPackage.Write(SimulatedStudy.Small, SimulatedStudy.Package, Cohort, origin);
        return JsonDocument.Parse(File.ReadAllBytes(CohortPackage.PathFor(Cohort))).RootElement;
    }
}
