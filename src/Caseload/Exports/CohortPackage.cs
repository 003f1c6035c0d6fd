using System.Text.Json.Nodes;
using Caseload.Cohorts;
using Caseload.Schemas;

namespace Caseload.Exports;

/// <summary>The data package beside a cohort file. Its name follows the file's, so that two cohorts may lie in one folder.</summary>
public static class CohortPackage
{
    /// <summary>The place of the package of a cohort file: <c>cohort.datapackage.json</c> beside <c>cohort.csv</c>.</summary>
    /// <param name="cohortPath">The cohort file.</param>
    public static string PathFor(string cohortPath)
    {
        ArgumentNullException.ThrowIfNull(cohortPath);
        return Path.Combine(Path.GetDirectoryName(cohortPath) ?? "", PackageJson.Stem(cohortPath) + ".datapackage.json");
    }

    /// <summary>
    /// Writes the package: kind and origin of the data, the columns that are present with their types and meaning, the number of rows and
    /// the SHA-256 of the file.
    /// </summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="contract">The contract of the tables.</param>
    /// <param name="cohortPath">The cohort file, which has been written.</param>
    /// <param name="origin">Where the data come from.</param>
    /// <exception cref="Caseload.Frames.ProblemException">The cohort file cannot be read, or the package not be written.</exception>
    public static void Write(Cohort cohort, DataPackage contract, string cohortPath, PackageOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(origin);
        var table = contract.Table("cohort");
        var fields = cohort.Children.Columns.Select(column => table.Find(column.Name) is { } field
            ? FieldJson.Of(field, contract)
            : FieldJson.Plain(column.Name, FieldJson.TypeOf(column), column.Name, "Not of the contract."));
        var schema = new JsonObject
        {
            ["title"] = table.Title,
            ["description"] = table.Description,
            ["fields"] = new JsonArray([.. fields]),
            ["missingValues"] = new JsonArray(""),
        };
        var title = $"Children first referred in {cohort.Settings.CohortLabel}";
        var package = PackageJson.Package(PackageJson.Stem(cohortPath), title, origin,
            [PackageJson.Resource(cohortPath, table.Title, cohort.Children.RowCount, schema)]);
        package["caseload:cohortYear"] = cohort.Settings.CohortYear;
        package["caseload:followUpYears"] = cohort.Settings.FollowUpYears;
        package["caseload:terms"] = origin.IsSimulated
            ? "Free to share under the kit's own licence."
            : "A row is a child. The file and its description must not leave the secure setting where they were made; "
                + "the terms are those of the data's owner.";
        PackageJson.Write(package, PathFor(cohortPath));
    }
}
