using System.Xml.Linq;

namespace Caseload.Notebooks.Session.Packages;

/// <summary>The project whose restore finds packages. Nothing is built with it.</summary>
internal static class RestoreProject
{
    /// <summary>The project's text.</summary>
    /// <param name="requests">The packages.</param>
    /// <param name="sources">Folders and addresses that come to the machine's own.</param>
    /// <param name="runtime">This machine's runtime identifier.</param>
    public static string Text(IEnumerable<PackageRequest> requests, IEnumerable<string> sources, string runtime) => new XElement(
        "Project",
        new XElement("PropertyGroup",
            //// Whatever lies in the folders above is none of a notebook's.
            new XElement("ImportDirectoryBuildProps", false),
            new XElement("ImportDirectoryBuildTargets", false),
            new XElement("ImportDirectoryPackagesProps", false)),
        new XElement("Import", new XAttribute("Project", "Sdk.props"), new XAttribute("Sdk", "Microsoft.NET.Sdk")),
        new XElement("PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.{Environment.Version.Minor}"),
            new XElement("RuntimeIdentifier", runtime),
            new XElement("SelfContained", false),
            new XElement("UseAppHost", false),
            //// The list of known weaknesses is at a source that the machine may not reach.
            new XElement("NuGetAudit", false),
            //// Another version than the one asked for is no answer.
            new XElement("WarningsAsErrors", "NU1603"),
            new XElement("RestoreAdditionalProjectSources", string.Join(';', sources))),
        new XElement("ItemGroup", requests.Select(r => new XElement("PackageReference",
            new XAttribute("Include", r.Name), new XAttribute("Version", r.Version ?? "*")))),
        new XElement("Import", new XAttribute("Project", "Sdk.targets"), new XAttribute("Sdk", "Microsoft.NET.Sdk"))).ToString();
}
