using System.Text;
using System.Xml;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Schemas;

namespace Caseload.Returns;

/// <summary>
/// Reads one CIN census return in XML, element by element, so that memory does not grow with the file. A document type declaration is
/// refused: it is the way to external entities. Elements that the census does not know are counted and told, not fatal.
/// </summary>
internal static class XmlReturn
{
    // The elements of a child and of an episode that are columns of the flat table. Sex took the place of GenderCurrent in 2024-25.
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["LAchildID"] = "LAchildID", ["UPN"] = "UPN", ["PersonBirthDate"] = "PersonBirthDate",
        ["ExpectedPersonBirthDate"] = "ExpectedPersonBirthDate", ["PersonDeathDate"] = "PersonDeathDate",
        ["GenderCurrent"] = "GenderCurrent", ["Sex"] = "GenderCurrent", ["Ethnicity"] = "Ethnicity", ["Disability"] = "Disabilities",
        ["CINreferralDate"] = "CINreferralDate", ["ReferralSource"] = "ReferralSource", ["PrimaryNeedCode"] = "PrimaryNeedCode",
        ["CINclosureDate"] = "CINclosureDate", ["ReasonForClosure"] = "ReasonForClosure", ["ReferralNFA"] = "ReferralNFA",
    };

    // Elements of the published schemas that this table does not carry.
    private static readonly HashSet<string> LeftAside = new(StringComparer.Ordinal)
    {
        "FormerUPN", "UPNunknown", "DateOfInitialCPC", "Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans",
    };

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = false,
    };

    /// <summary>Adds the rows of a return to a table.</summary>
    /// <returns>What is odd about the file's form.</returns>
    /// <exception cref="ProblemException">The file is no well-formed CIN census return.</exception>
    internal static IReadOnlyList<Oddity> Append(TableBuilder table, string path)
    {
        using var input = TextInput.Open(path);
        using var xml = XmlReader.Create(input.Reader, Settings);
        try
        {
            if (input.Encoding == TextEncoding.Windows1252) table.Note($"{input.Name} is not UTF-8 and was read as Windows-1252.");
            return new Walk(table, xml, input.Name).Read();
        }
        catch (XmlException e)
        {
            throw Broken(e, input.Name);
        }
        catch (DecoderFallbackException e)
        {
            throw new ProblemException(new Problem(ProblemKind.Unreadable, "bytes that are not UTF-8", "UTF-8 or Windows-1252", input.Name,
                "Export the return again."), e);
        }
    }

    private static ProblemException Broken(XmlException e, string name)
    {
        var place = e.LineNumber > 0 ? $"{name}, line {e.LineNumber}, column {e.LinePosition}" : name;
        var (found, remedy) = e.Message switch
        {
            var m when m.Contains("DTD", StringComparison.Ordinal) =>
                ("a document type declaration, which can pull in external entities",
                    "Remove the <!DOCTYPE ...> lines; a census return has none."),
            var m when m.Contains("end of file", StringComparison.OrdinalIgnoreCase)
                || m.Contains("not closed", StringComparison.Ordinal) =>
                ("XML that ends in the middle", "Copy or export the return again: this file was cut short."),
            _ => ("text that is not well-formed XML", "Open the file at that place, or export the return again."),
        };
        return new ProblemException(new Problem(
            ProblemKind.Unreadable, found, "a CIN census return (Message > Header, Children > Child)", place, remedy), e);
    }

    /// <summary>One walk through a file.</summary>
    private sealed class Walk(TableBuilder table, XmlReader xml, string file)
    {
        private readonly IXmlLineInfo line = (IXmlLineInfo)xml;
        private readonly IReadOnlyList<Field> fields = table.Schema.Fields;
        private readonly string[] header = Empty(table.Schema.Fields.Count);
        private readonly SortedDictionary<string, int> unknown = new(StringComparer.Ordinal);
        private readonly List<Oddity> oddities = [];
        private int childrenWithoutEpisode;

        internal List<Oddity> Read()
        {
            xml.MoveToContent();
            if (xml.LocalName != "Message")
                throw InputFile.Unreadable(
                    $"the root element {xml.LocalName}", "Message", $"{file}, line {line.LineNumber}", "Choose a CIN census return.");
            ForEachElement(() =>
            {
                if (xml.LocalName == "Header") ReadHeader();
                else if (xml.LocalName == "Children") ForEachElement(ReadChildOrStranger);
                else SkipUnknown();
            });
            foreach (var (name, count) in unknown)
                oddities.Add(new Oddity(file, $"the element {name} is not part of the census ({count} times); it was left aside"));
            if (childrenWithoutEpisode > 0)
                oddities.Add(
                    new Oddity(file, $"without an episode (rule 8590), so without a row: {childrenWithoutEpisode} of the children"));
            return oddities;
        }

        private static string[] Empty(int count)
        {
            var cells = new string[count];
            Array.Fill(cells, "");
            return cells;
        }

        private void ReadHeader()
        {
            var items = new Dictionary<string, string>(StringComparer.Ordinal);
            ForEachElement(() =>
            {
                if (xml.LocalName is "CollectionDetails" or "Source") ForEachElement(() => items[xml.LocalName] = Text());
                else xml.Skip();
            });
            if (items.GetValueOrDefault("Collection", "") is var collection && collection != "CIN")
                throw InputFile.Unreadable(
                    $"the collection \"{collection}\"", "CIN", $"{file}, Header", "Choose a children in need census return.");
            Set(header, "LEA", items.GetValueOrDefault("LEA", ""));
            Set(header, "Year", items.GetValueOrDefault("Year", ""));
            Set(header, "source_kind", items.GetValueOrDefault("SoftwareCode", "") == SimulatedReturn.SoftwareCode ? "simulated" : "");
            var (year, date) = (items.GetValueOrDefault("Year", ""), items.GetValueOrDefault("ReferenceDate", ""));
            if (date != $"{year}-03-31")
                oddities.Add(new Oddity(file, $"the reference date is {date}; the census of {year} is taken on {year}-03-31"));
        }

        private void ReadChildOrStranger()
        {
            if (xml.LocalName != "Child")
            {
                SkipUnknown();
                return;
            }

            var child = (string[])header.Clone();
            var episodes = 0;
            ForEachElement(() =>
            {
                if (xml.LocalName == "CINdetails")
                {
                    episodes++;
                    ReadEpisode(child);
                }
                else if (xml.LocalName is "ChildIdentifiers" or "ChildCharacteristics")
                {
                    ForEachElement(() => ReadItem(child));
                }
                else
                {
                    SkipUnknown();
                }
            });
            if (episodes == 0) childrenWithoutEpisode++;
        }

        private void ReadEpisode(string[] child)
        {
            var cells = (string[])child.Clone();
            var at = line.LineNumber;
            ForEachElement(() => ReadItem(cells));
            table.AddRow(file, at, cells);
        }

        private void ReadItem(string[] cells)
        {
            var name = xml.LocalName;
            if (name == "Disabilities") ForEachElement(() => ReadItem(cells));
            else if (Columns.TryGetValue(name, out var column)) Put(cells, column, Text());
            else if (LeftAside.Contains(name)) xml.Skip();
            else SkipUnknown();
        }

        private void Put(string[] cells, string column, string text)
        {
            var i = IndexOf(column);
            if (i < 0) return;
            cells[i] = fields[i].Separator is { } mark && cells[i].Length > 0 ? cells[i] + mark + text : text;
        }

        private void Set(string[] cells, string column, string text)
        {
            if (IndexOf(column) is var i and >= 0) cells[i] = text;
        }

        private int IndexOf(string column)
        {
            for (var i = 0; i < fields.Count; i++)
            {
                if (fields[i].Name == column) return i;
            }

            return -1;
        }

        private void SkipUnknown()
        {
            unknown[xml.LocalName] = unknown.GetValueOrDefault(xml.LocalName) + 1;
            xml.Skip();
        }

        private string Text() => xml.ReadElementContentAsString().Trim();

        /// <summary>
        /// Runs an action on every child element of the current one; the action must leave the reader behind that element.
        /// </summary>
        private void ForEachElement(Action action)
        {
            if (xml.IsEmptyElement)
            {
                xml.Read();
                return;
            }

            xml.Read();
            while (xml.NodeType != XmlNodeType.EndElement)
            {
                if (xml.NodeType == XmlNodeType.Element) action();
                else if (!xml.Read()) return;
            }

            xml.ReadEndElement();
        }
    }
}
