using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>What counts as an open episode in rules 8815, 8816 and 8820.</summary>
internal static class OpenEpisode
{
    /// <summary>Whether an episode has no closure date and led to further action.</summary>
    internal static bool IsOpen(CensusEpisode episode) => !episode.CINclosureDate.IsPresent && episode.ReferralNFA.Flag == false;
}
