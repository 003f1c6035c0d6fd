using System.Globalization;
using System.Xml;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Returns;

/// <summary>Writes simulated rows as CIN census returns in XML, in the order of elements that the census prescribes.</summary>
public static class XmlReturnWriter
{
    private static readonly string[] Identifiers = ["LAchildID", "PersonBirthDate", "ExpectedPersonBirthDate", "GenderCurrent"];
    private static readonly string[] EpisodeStart =
        ["CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate", "ReasonForClosure"];

    /// <summary>Writes one return an authority; a child's rows must stand together.</summary>
    /// <param name="rows">The rows of one census year, by the contract of the table "returns".</param>
    /// <param name="folder">The folder to write to.</param>
    /// <returns>The names of the files.</returns>
    public static IReadOnlyList<string> Write(Frame rows, string folder)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var year = rows.Integer("Year").Values[0];
        var authority = rows.Text("LEA");
        var names = new List<string>();
        foreach (var group in Enumerable.Range(0, rows.RowCount).GroupBy(row => authority[row]!))
        {
            names.Add($"cin-{year}-{group.Key}.xml");
            OutputFile.WriteBytes(Path.Combine(folder, names[^1]), stream =>
            {
                using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n" });
                WriteReturn(xml, rows, group.Key, [.. group]);
            });
        }

        return names;
    }

    private static void WriteReturn(XmlWriter xml, Frame rows, string authority, int[] of)
    {
        var year = rows.Integer("Year").Values[of[0]].ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("Message");
        xml.WriteStartElement("Header");
        xml.WriteStartElement("CollectionDetails");
        xml.WriteElementString("Collection", "CIN");
        xml.WriteElementString("Year", year);
        xml.WriteElementString("ReferenceDate", year + "-03-31");
        xml.WriteEndElement();
        xml.WriteStartElement("Source");
        xml.WriteElementString("SourceLevel", "L");
        xml.WriteElementString("LEA", authority);
        xml.WriteElementString("SoftwareCode", SimulatedReturn.SoftwareCode);
        xml.WriteElementString("Release", "1");
        xml.WriteElementString("SerialNo", "001");
        xml.WriteElementString("DateTime", year + "-07-31T12:00:00");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("Children");
        foreach (var child in of.GroupBy(row => rows.Text("LAchildID").Codes[row])) WriteChild(xml, rows, [.. child]);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteChild(XmlWriter xml, Frame rows, int[] of)
    {
        xml.WriteStartElement("Child");
        xml.WriteStartElement("ChildIdentifiers");
        foreach (var name in Identifiers) WriteItem(xml, rows, name, of[0]);
        xml.WriteEndElement();
        xml.WriteStartElement("ChildCharacteristics");
        WriteItem(xml, rows, "Ethnicity", of[0]);
        if (rows.Text("Disabilities")[of[0]] is { } codes)
        {
            xml.WriteStartElement("Disabilities");
            foreach (var code in codes.Split(';')) xml.WriteElementString("Disability", code);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        foreach (var row in of)
        {
            xml.WriteStartElement("CINdetails");
            foreach (var name in EpisodeStart) WriteItem(xml, rows, name, row);
            WriteItem(xml, rows, "ReferralNFA", row);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteItem(XmlWriter xml, Frame rows, string name, int row)
    {
        if (!rows[name].IsMissing(row)) xml.WriteElementString(name, rows[name].Format(row));
    }
}
