using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Returns.Census;

/// <summary>Walks through a return in XML: Message > Header, Children > Child. Any order but for the header.</summary>
internal sealed class XmlWalk : CensusWalk
{
    private readonly XmlElements xml;
    private readonly List<Oddity> oddities = [];
    private CensusHeader? header;
    private bool inChildren;
    private long children;
    private long withoutEpisode;

    private XmlWalk(string path) => xml = new XmlElements(path);

    public override string File => xml.File;

    public override CensusForm Form => CensusForm.Xml;

    public override IReadOnlyList<Oddity> Oddities => oddities;

    /// <summary>Whether the bytes were read as Windows-1252.</summary>
    internal bool IsWindows1252 => xml.IsWindows1252;

    internal static XmlWalk Open(string path)
    {
        var walk = new XmlWalk(path);
        try
        {
            walk.xml.Guard(walk.Start);
            return walk;
        }
        catch
        {
            walk.Dispose();
            throw;
        }
    }

    public override IEnumerable<CensusChild> Children()
    {
        Func<CensusChild?> next = NextChild;
        while (xml.Guard(next) is { } child)
        {
            children++;
            if (child.Episodes.Count == 0) withoutEpisode++;
            yield return child;
        }

        oddities.AddRange(xml.Leftovers.Tell());
        if (withoutEpisode > 0)
            oddities.Add(new Oddity(File, $"without an episode (rule 8590), so without a row: {withoutEpisode} of the children"));
        if (children == 0) oddities.Add(new Oddity(File, "no child stands in this return; a census return has at least one"));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) xml.Dispose();
    }

    // The header is read before the first child is given, since it says where every row belongs.
    private bool Start()
    {
        xml.GoToRoot();
        if (xml.Name != "Message")
            throw xml.Refuse($"the root element {XmlLeftovers.Short(xml.Name)}", "Message", "Choose a CIN census return.");
        if (xml.Enter()) GoToChildren();
        if (header is null)
            throw xml.Refuse("a return without a Header", "Message > Header with the authority (LEA) and the census year (Year)",
                "Export the return again: without its header no row can be placed.");
        return true;
    }

    private CensusChild? NextChild()
    {
        while (inChildren)
        {
            while (xml.Next())
            {
                if (xml.Name == "Child") return XmlChild.Read(xml, header!);
                xml.SkipUnknown();
            }

            GoToChildren();
        }

        xml.Finish();
        return null;
    }

    private void GoToChildren()
    {
        inChildren = false;
        while (!inChildren && xml.Next())
        {
            if (xml.Name == "Header" && header is null) ReadHeader();
            else if (xml.Name == "Children" && header is not null) inChildren = xml.Enter();
            else if (xml.Name == "Children")
                throw xml.Refuse("Children before any Header", "Header, which says where every row belongs, and then Children",
                    "Export the return again, or move its Header to the top.");
            else xml.SkipUnknown();
        }
    }

    private void ReadHeader()
    {
        var at = xml.Line;
        var items = new Dictionary<string, CensusItem>(StringComparer.Ordinal);
        if (xml.Enter())
        {
            while (xml.Next())
            {
                if (xml.Name is not ("CollectionDetails" or "Source")) xml.SkipUnknown();
                else if (xml.Enter()) ReadHeaderItems(items);
            }
        }

        string Text(string name) => items.GetValueOrDefault(name).Text;
        if (Text("Collection") is var collection && collection != "CIN")
            throw InputFile.Unreadable(
                collection.Length == 0 ? "a header without a collection" : $"the collection \"{XmlLeftovers.Short(collection)}\"", "CIN",
                $"{File}, line {at}, Header", "Choose a children in need census return.");
        foreach (var name in new[] { "LEA", "Year" })
        {
            if (Text(name).Length == 0)
                throw InputFile.Unreadable($"a header without {name}", "the authority (LEA) and the census year (Year)",
                    $"{File}, line {at}, Header", "Export the return again: without them no row can be placed.");
        }

        header = new CensusHeader(File, Text("LEA"), Text("Year"), Text("ReferenceDate"), Text("SoftwareCode"));
        if (header.ReferenceDate != $"{header.Year}-03-31")
        {
            var (date, year) = (XmlLeftovers.Short(header.ReferenceDate), XmlLeftovers.Short(header.Year));
            oddities.Add(new Oddity(File, $"the reference date is {(date.Length == 0 ? "missing" : date)}; "
                + $"the census of {year} is taken on {year}-03-31"));
        }
    }

    private void ReadHeaderItems(Dictionary<string, CensusItem> items)
    {
        while (xml.Next())
        {
            if (xml.Name is "Collection" or "Year" or "ReferenceDate" or "SourceLevel" or "LEA" or "SoftwareCode" or "Release"
                or "SerialNo" or "DateTime")
                items[xml.Name] = xml.Single(items.GetValueOrDefault(xml.Name));
            else xml.SkipUnknown();
        }
    }
}
