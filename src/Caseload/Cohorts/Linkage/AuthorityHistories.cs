namespace Caseload.Cohorts.Linkage;

/// <summary>The children of one authority, each with the episodes of all returns in order of the referral date.</summary>
/// <param name="Authority">The place of the authority.</param>
/// <param name="Episodes">The episodes, child after child.</param>
/// <param name="Children">The children, in the ordinal order of their (smallest) identifiers.</param>
internal sealed record AuthorityHistories(int Authority, Episode[] Episodes, LinkedChild[] Children)
{
    /// <summary>The episodes of a child, by referral date.</summary>
    internal ReadOnlySpan<Episode> Of(in LinkedChild child) => Episodes.AsSpan(child.FirstEpisode, child.EpisodeCount);
}

/// <summary>A child as the returns of an authority know it.</summary>
/// <param name="FirstEpisode">Where its episodes begin.</param>
/// <param name="EpisodeCount">How many there are, at least one.</param>
/// <param name="Birth">Date of birth, else the expected one, as a day number, or <see cref="Frames.DateColumn.Missing"/>.</param>
/// <param name="Death">The day of death as a day number, or <see cref="Frames.DateColumn.Missing"/>.</param>
internal readonly record struct LinkedChild(int FirstEpisode, int EpisodeCount, int Birth, int Death);
