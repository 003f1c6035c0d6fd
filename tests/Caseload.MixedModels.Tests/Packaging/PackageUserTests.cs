using System.Globalization;
using System.IO.Compression;
using System.Text;
using Caseload.Frames.Csv;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>
/// A program outside the solution that knows the packages alone. What they depend on comes from the machine's folder of packages, where
/// the build of the solution has put it: no network is needed.
/// </summary>
/// <param name="packages">The packages.</param>
[Collection(nameof(PackedPackages))]
public sealed class PackageUserTests(PackedPackages packages)
{
    [Fact]
    public async Task A_program_that_references_the_package_fits_the_model_of_the_readme()
    {
        using var folder = new TemporaryFolder();
        folder.File("Directory.Build.props", "<Project />");
        folder.File("Directory.Packages.props", "<Project />");
        folder.File("User.csproj", Project(await PackageCache()));
        folder.File("Program.cs", Program());
        using (var bytes = new MemoryStream())
        {
            CsvFile.Write(Pupils.Frame(), bytes);
            var csv = Encoding.UTF8.GetString(bytes.ToArray());
            folder.File("pupils.csv", csv);
            folder.File("cut.csv.gz", Compressed(csv, rows: 300));
        }

        await DotnetCommand.Run(folder.Path, "build", "-o", "out", "-nologo");
        var said = await DotnetCommand.Run(folder.Path, Path.Combine("out", "User.dll"), "pupils.csv", "cut.csv.gz");

        var lines = said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal(-367.231886605, double.Parse(lines[0], CultureInfo.InvariantCulture), 1e-6);
        Assert.Equal("Unreadable", lines[1]);
    }

    // A folder of packages of its own, so that neither run nor machine is left with a package of this moment.
    private string Project(string cache) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <RestorePackagesPath>packages</RestorePackagesPath>
            <RestoreFallbackFolders>{cache}</RestoreFallbackFolders>
            <RestoreSources>{packages.Folder}</RestoreSources>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Caseload.MixedModels" Version="{PackedPackages.Version}" />
          </ItemGroup>
        </Project>
        """;

    // The first example of the README as a program, and a file that is cut short, which must not pass for a shorter one.
    private static string Program() => $$"""
        {{ReadmeTests.ExampleOf("Usings")}}
        var path = args[0];
        {{ReadmeTests.ExampleOf(nameof(ReadmeExamples.Fits_a_random_intercept_to_a_csv_file))}}
        Console.WriteLine(fit.LogLikelihood.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        try
        {
            Console.WriteLine(Frame.LoadCsv(args[1]).RowCount);
        }
        catch (ProblemException stop)
        {
            Console.WriteLine(stop.Problem.Kind);
        }
        """;

    private static async Task<string> PackageCache()
    {
        var listed = await DotnetCommand.Run(Checkout.Root, "nuget", "locals", "global-packages", "--list");
        return listed[(listed.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    // Cut short at the end of a row, where nothing but the missing end of the stream tells that rows are lost.
    private static byte[] Compressed(string text, int rows)
    {
        using var compressed = new MemoryStream();
        using var gzip = new GZipStream(compressed, CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(string.Concat(text.Split('\n').Take(rows + 1).Select(line => line + "\n"))));
        gzip.Flush();
        return compressed.ToArray();
    }
}
