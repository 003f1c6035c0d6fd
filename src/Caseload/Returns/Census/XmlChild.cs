namespace Caseload.Returns.Census;

/// <summary>Reads one child of a return in XML. The published schemas of 2017 and 2023 say which elements there are.</summary>
internal static class XmlChild
{
    internal static CensusChild Read(XmlElements xml, CensusHeader header)
    {
        var child = new CensusChild(header, xml.Line);
        var person = new CensusPerson { Line = xml.Line };
        child.Add(person);
        if (!xml.Enter()) return child;
        var (identifiers, characteristics) = (0, 0);
        while (xml.Next())
        {
            switch (xml.Name)
            {
                case "CINdetails":
                    child.Add(XmlEpisode.Read(xml, person));
                    break;
                case "ChildIdentifiers":
                    if (++identifiers > 1) xml.Leftovers.Repeat(xml.Name);
                    ReadIdentifiers(xml, person);
                    break;
                case "ChildCharacteristics":
                    if (++characteristics > 1) xml.Leftovers.Repeat(xml.Name);
                    ReadCharacteristics(xml, person);
                    break;
                default:
                    xml.SkipUnknown();
                    break;
            }
        }

        return child;
    }

    private static void ReadIdentifiers(XmlElements xml, CensusPerson person)
    {
        if (!xml.Enter()) return;
        while (xml.Next())
        {
            switch (xml.Name)
            {
                case "LAchildID": person.LAchildID = xml.Single(person.LAchildID); break;
                case "UPN": person.UPN = xml.Single(person.UPN); break;
                case "FormerUPN": person.FormerUPN = xml.Single(person.FormerUPN); break;
                case "UPNunknown": person.UPNunknown = xml.Single(person.UPNunknown); break;
                case "PersonBirthDate": person.PersonBirthDate = xml.Single(person.PersonBirthDate); break;
                case "ExpectedPersonBirthDate": person.ExpectedPersonBirthDate = xml.Single(person.ExpectedPersonBirthDate); break;
                case "PersonDeathDate": person.PersonDeathDate = xml.Single(person.PersonDeathDate); break;
                case "GenderCurrent" or "Sex": person.GenderCurrent = xml.Single(person.GenderCurrent); break;
                default: xml.SkipUnknown(); break;
            }
        }
    }

    private static void ReadCharacteristics(XmlElements xml, CensusPerson person)
    {
        if (!xml.Enter()) return;
        while (xml.Next())
        {
            switch (xml.Name)
            {
                case "Ethnicity": person.Ethnicity = xml.Single(person.Ethnicity); break;
                case "Disabilities": ReadDisabilities(xml, person); break;
                default: xml.SkipUnknown(); break;
            }
        }
    }

    private static void ReadDisabilities(XmlElements xml, CensusPerson person)
    {
        if (!xml.Enter()) return;
        while (xml.Next())
        {
            if (xml.Name == "Disability") person.AddDisability(xml.Item());
            else xml.SkipUnknown();
        }
    }
}
