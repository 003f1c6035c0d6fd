using System.Text.Json;
using Caseload.Disclosure;
using Caseload.Exports;
using Caseload.Findings;
using Caseload.Models.MissingData;
using Caseload.Reports;
using Caseload.Results;
using Caseload.Tests.Results;

namespace Caseload.Tests.Exports;

/// <summary>The data package of the tables of a run.</summary>
public sealed class TablePackageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Tables => Path.Combine(folder.Path, "tables");

    [Fact]
    public void It_describes_every_table_of_a_run_and_says_what_each_column_means()
    {
        var package = Write(SimulatedStudy.Inferred.AddMissingData(SimulatedStudy.Small, new MissingDataSettings { Choices = [MissingDataChoice.Category] }));

        FrictionlessRules.Check(package, Tables);
        Assert.Equal(
            Directory.GetFiles(Tables, "*.csv").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal),
            package.GetProperty("resources").EnumerateArray().Select(r => r.GetProperty("path").GetString()));
        Assert.Contains("missing-data.csv", package.GetProperty("resources").EnumerateArray().Select(r => r.GetProperty("path").GetString()));
        Assert.All(package.GetProperty("resources").EnumerateArray(), r => Assert.NotEqual(r.GetProperty("name").GetString(), r.GetProperty("title").GetString()));
    }

    [Fact]
    public void It_names_the_disclosure_policy_and_reads_a_suppressed_number_as_missing()
    {
        Directory.CreateDirectory(Tables);
        folder.File("tables/risk-groups.csv", "group,rereferred,source_kind\nYoung,c,real\nOld,30,real\n");

        var package = Describe(isSimulated: false);

        Assert.Equal(DisclosurePolicy.Standard.Words, package.GetProperty("caseload:disclosure").GetString());
        var schema = package.GetProperty("resources")[0].GetProperty("schema");
        Assert.Equal(["", DisclosurePolicy.Standard.Mark], schema.GetProperty("missingValues").EnumerateArray().Select(v => v.GetString()));
        Assert.Equal(["string", "number", "string"], schema.GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("type").GetString()));
    }

    public void Dispose() => folder.Dispose();

    private JsonElement Write(StudyResults results)
    {
        RunOutput.Write(results, LedgerBuilder.Build(results), [], folder.Path);
        return Describe(results.IsSimulated);
    }

    private JsonElement Describe(bool isSimulated)
    {
        TablePackage.Write(Tables, DisclosurePolicy.For(isSimulated), new PackageOrigin(isSimulated, "A test.", "1.2.3", "0.1.0"));
        return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Tables, TablePackage.FileName))).RootElement;
    }
}
