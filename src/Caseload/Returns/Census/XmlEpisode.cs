namespace Caseload.Returns.Census;

/// <summary>Reads one episode of a return in XML (a CINdetails element) with what stands inside it.</summary>
internal static class XmlEpisode
{
    internal static CensusEpisode Read(XmlElements xml, CensusPerson person)
    {
        var episode = new CensusEpisode { Person = person, Line = xml.Line };
        if (!xml.Enter()) return episode;
        while (xml.Next())
        {
            switch (xml.Name)
            {
                case "CINreferralDate": episode.CINreferralDate = xml.Single(episode.CINreferralDate); break;
                case "ReferralSource": episode.ReferralSource = xml.Single(episode.ReferralSource); break;
                case "PrimaryNeedCode": episode.PrimaryNeedCode = xml.Single(episode.PrimaryNeedCode); break;
                case "CINclosureDate": episode.CINclosureDate = xml.Single(episode.CINclosureDate); break;
                case "ReasonForClosure": episode.ReasonForClosure = xml.Single(episode.ReasonForClosure); break;
                case "DateOfInitialCPC": episode.DateOfInitialCPC = xml.Single(episode.DateOfInitialCPC); break;
                case "ReferralNFA": episode.ReferralNFA = xml.Single(episode.ReferralNFA); break;
                case "Assessments": episode.Add(ReadAssessment(xml)); break;
                case "CINPlanDates": episode.Add(ReadPlan(xml)); break;
                case "Section47": episode.Add(ReadSection47(xml)); break;
                case "ChildProtectionPlans": episode.Add(ReadProtectionPlan(xml)); break;
                default: xml.SkipUnknown(); break;
            }
        }

        return episode;
    }

    private static CensusAssessment ReadAssessment(XmlElements xml)
    {
        var at = xml.Line;
        var (start, authorised) = (default(CensusItem), default(CensusItem));
        if (!xml.Enter()) return new CensusAssessment(at, start, authorised);
        while (xml.Next())
        {
            switch (xml.Name)
            {
                case "AssessmentActualStartDate": start = xml.Single(start); break;
                case "AssessmentAuthorisationDate": authorised = xml.Single(authorised); break;
                case "AssessmentInternalReviewDate" or "FactorsIdentifiedAtAssessment": xml.Skip(); break;
                default: xml.SkipUnknown(); break;
            }
        }

        return new CensusAssessment(at, start, authorised);
    }

    private static CensusPlan ReadPlan(XmlElements xml)
    {
        var at = xml.Line;
        var (start, end) = (default(CensusItem), default(CensusItem));
        if (!xml.Enter()) return new CensusPlan(at, start, end);
        while (xml.Next())
        {
            switch (xml.Name)
            {
                case "CINPlanStartDate": start = xml.Single(start); break;
                case "CINPlanEndDate": end = xml.Single(end); break;
                default: xml.SkipUnknown(); break;
            }
        }

        return new CensusPlan(at, start, end);
    }

    private static CensusSection47 ReadSection47(XmlElements xml)
    {
        var at = xml.Line;
        var (start, conference) = (default(CensusItem), default(CensusItem));
        if (!xml.Enter()) return new CensusSection47(at, start, conference);
        while (xml.Next())
        {
            switch (xml.Name)
            {
                case "S47ActualStartDate": start = xml.Single(start); break;
                case "DateOfInitialCPC": conference = xml.Single(conference); break;
                case "InitialCPCtarget" or "ICPCnotRequired": xml.Skip(); break;
                default: xml.SkipUnknown(); break;
            }
        }

        return new CensusSection47(at, start, conference);
    }

    private static CensusProtectionPlan ReadProtectionPlan(XmlElements xml)
    {
        var at = xml.Line;
        var (start, end) = (default(CensusItem), default(CensusItem));
        if (!xml.Enter()) return new CensusProtectionPlan(at, start, end);
        while (xml.Next())
        {
            switch (xml.Name)
            {
                case "CPPstartDate": start = xml.Single(start); break;
                case "CPPendDate": end = xml.Single(end); break;
                case "InitialCategoryOfAbuse" or "LatestCategoryOfAbuse" or "NumberOfPreviousCPP" or "Reviews": xml.Skip(); break;
                default: xml.SkipUnknown(); break;
            }
        }

        return new CensusProtectionPlan(at, start, end);
    }
}
