using System.Globalization;
using System.Xml;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Returns;

/// <summary>Writes simulated rows as a CIN census return in XML, in the order of elements that the census prescribes.</summary>
public static class XmlReturnWriter
{
    private static readonly string[] Identifiers =
    [
        "LAchildID", "UPN", "FormerUPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate", "GenderCurrent", "PersonDeathDate",
    ];

    private static readonly string[] Episode =
        ["CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate", "ReasonForClosure", "ReferralNFA"];

    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n" };

    /// <summary>Writes the return of one authority and year.</summary>
    /// <param name="rows">The rows, by the contract of the table "returns"; a child's rows stand together. At least one.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ProblemException">The file cannot be written.</exception>
    public static void Write(Frame rows, string path)
    {
        ArgumentNullException.ThrowIfNull(rows);
        OutputFile.WriteBytes(path, stream =>
        {
            using var xml = XmlWriter.Create(stream, Settings);
            xml.WriteStartElement("Message");
            WriteHeader(xml, rows);
            xml.WriteStartElement("Children");
            WriteChildren(xml, rows);
            xml.WriteEndElement();
            xml.WriteEndElement();
        });
    }

    private static void WriteHeader(XmlWriter xml, Frame rows)
    {
        var year = rows.Integer("Year").Values[0].ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("Header");
        xml.WriteStartElement("CollectionDetails");
        xml.WriteElementString("Collection", "CIN");
        xml.WriteElementString("Year", year);
        xml.WriteElementString("ReferenceDate", year + "-03-31");
        xml.WriteEndElement();
        xml.WriteStartElement("Source");
        xml.WriteElementString("SourceLevel", "L");
        xml.WriteElementString("LEA", rows.Text("LEA")[0]);
        xml.WriteElementString("SoftwareCode", SimulatedReturn.SoftwareCode);
        xml.WriteElementString("Release", "1");
        xml.WriteElementString("SerialNo", "001");
        xml.WriteElementString("DateTime", year + "-07-31T12:00:00");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteChildren(XmlWriter xml, Frame rows)
    {
        var child = rows.Text("LAchildID").Codes;
        var (ethnicity, disabilities) = (Held(rows, ["Ethnicity"]), rows.Text("Disabilities"));
        var (identifiers, episode) = (Held(rows, Identifiers), Held(rows, Episode));
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (row == 0 || child[row] != child[row - 1])
            {
                if (row > 0) xml.WriteEndElement();
                xml.WriteStartElement("Child");
                xml.WriteStartElement("ChildIdentifiers");
                WriteItems(xml, identifiers, row);
                xml.WriteEndElement();
                xml.WriteStartElement("ChildCharacteristics");
                WriteItems(xml, ethnicity, row);
                WriteDisabilities(xml, disabilities[row]);
                xml.WriteEndElement();
            }

            xml.WriteStartElement("CINdetails");
            WriteItems(xml, episode, row);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static Column[] Held(Frame rows, string[] names) =>
        [.. names.Select(name => rows.Columns.FirstOrDefault(c => c.Name == name)).OfType<Column>()];

    private static void WriteDisabilities(XmlWriter xml, string? codes)
    {
        if (codes is null) return;
        xml.WriteStartElement("Disabilities");
        foreach (var code in codes.Split(';')) xml.WriteElementString("Disability", code);
        xml.WriteEndElement();
    }

    private static void WriteItems(XmlWriter xml, Column[] columns, int row)
    {
        foreach (var column in columns)
        {
            if (!column.IsMissing(row)) xml.WriteElementString(column.Name, column.Format(row));
        }
    }
}
