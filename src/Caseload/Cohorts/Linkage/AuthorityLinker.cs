using Caseload.Cohorts.Cleaning;
using Caseload.Frames;

namespace Caseload.Cohorts.Linkage;

/// <summary>What linking one authority gave.</summary>
/// <param name="Histories">The children.</param>
/// <param name="Evidence">What the returns say of the identifiers.</param>
/// <param name="Tally">What the cleaning of episodes met.</param>
/// <param name="Counts">Rows that were put together, and joins by pupil number.</param>
internal sealed record LinkedAuthority(
    AuthorityHistories Histories, YearEvidence[] Evidence, CleaningTally Tally, LinkCounts Counts);

/// <summary>Rows that were put together, and joins by pupil number.</summary>
/// <param name="InOtherYear">Rows of an episode in the return of another year.</param>
/// <param name="InSameYear">Rows of an episode that stand in the returns of one year more than once.</param>
/// <param name="PupilNumbers">Joins by pupil number.</param>
internal readonly record struct LinkCounts(int InOtherYear, int InSameYear, PupilNumberCounts PupilNumbers);

/// <summary>Links the years of one authority: rows to episodes, episodes to children.</summary>
internal sealed class AuthorityLinker
{
    private readonly ReferralRows referrals;
    private readonly CohortSettings settings;
    private readonly CleaningTally tally;
    private readonly EpisodeReader reader;
    private readonly short died;
    private readonly List<Episode> episodes = [];
    private readonly List<LinkedChild> children = [];
    private int inOtherYear;
    private int inSameYear;

    private AuthorityLinker(ReferralRows referrals, CohortSettings settings)
    {
        (this.referrals, this.settings) = (referrals, settings);
        tally = new CleaningTally(settings.Cleaning);
        reader = new EpisodeReader(referrals, tally, settings.CohortYear);
        died = (short)Array.IndexOf(referrals.ClosureReason.Codes, "RC2");
    }

    /// <summary>Links an authority; its part of the linked rows is put in order.</summary>
    internal static LinkedAuthority Link(ReferralRows referrals, LinkedRows linked, int authority, CohortSettings settings)
    {
        var linker = new AuthorityLinker(referrals, settings);
        var runs = IdentifierRuns.Of(referrals, linked.Of(authority));
        var evidence = EvidenceTally.Of(referrals, runs, linked.Authorities[authority]);
        var numbers = default(PupilNumberCounts);
        if (settings.Linkage == LinkageKey.ChildIdentifier) linker.Read(runs, linked, authority);
        else numbers = linker.ReadJoined(runs, linked, authority);
        return new LinkedAuthority(
            new AuthorityHistories(authority, [.. linker.episodes], [.. linker.children]), evidence, linker.tally,
            new LinkCounts(linker.inOtherYear, linker.inSameYear, numbers));
    }

    private void Read(IdentifierRuns runs, LinkedRows linked, int authority)
    {
        var place = linked.Start(authority);
        for (var identifier = 0; identifier < runs.Count; identifier++)
        {
            var rows = runs[identifier];
            rows.CopyTo(linked.Rows.AsSpan(place));
            AddChild(rows, place, (short)authority);
            place += rows.Length;
        }
    }

    private PupilNumberCounts ReadJoined(IdentifierRuns runs, LinkedRows linked, int authority)
    {
        var (components, counts) = Join(runs);
        var members = new List<int>[runs.Count];
        for (var identifier = 0; identifier < runs.Count; identifier++) (members[components.Find(identifier)] ??= []).Add(identifier);
        var place = linked.Start(authority);
        foreach (var child in members)
        {
            if (child is null) continue;
            var from = place;
            foreach (var identifier in child)
            {
                runs[identifier].CopyTo(linked.Rows.AsSpan(place));
                place += runs[identifier].Length;
            }

            var rows = linked.Rows.AsSpan(from, place - from);
            if (child.Count > 1) rows.Sort((a, b) => referrals.Referral[a].CompareTo(referrals.Referral[b]));
            AddChild(rows, from, (short)authority);
        }

        return counts;
    }

    private (Components Components, PupilNumberCounts Counts) Join(IdentifierRuns runs)
    {
        var facts = new LinkFacts[runs.Count];
        var holders = new List<long>();
        for (var identifier = 0; identifier < runs.Count; identifier++)
        {
            var rows = runs[identifier];
            facts[identifier] = new LinkFacts(
                LatestValue.Date(referrals, referrals.Birth, rows), LatestValue.Code(referrals, referrals.Sex, rows));
            foreach (var row in rows)
            {
                if (referrals.PupilNumbers.Current(row) is var current and >= 0) holders.Add(((long)current << 32) | (uint)identifier);
                if (referrals.PupilNumbers.Former(row) is var former and >= 0) holders.Add(((long)former << 32) | (uint)identifier);
            }
        }

        return PupilNumberLinks.Join([.. holders], facts);
    }

    // A child none of whose referrals stays is no child of the study; what was left out is counted by referral.
    private void AddChild(ReadOnlySpan<int> rows, int place, short authority)
    {
        var first = episodes.Count;
        for (var from = 0; from < rows.Length;)
        {
            var to = from + 1;
            while (to < rows.Length && referrals.Referral[rows[to]] == referrals.Referral[rows[from]]) to++;
            var episode = reader.Read(rows[from..to]);
            (episode.FirstRow, episode.Authority) = (place + from, authority);
            CountRows(rows[from..to]);
            episodes.Add(episode);
            from = to;
        }

        var birth = LatestValue.Date(referrals, referrals.Birth, rows);
        if (birth == DateColumn.Missing) birth = LatestValue.Date(referrals, referrals.Expected, rows);
        var death = DeathOf(rows, first);
        LeaveOut(first, AdultReferrals.Birthday(birth, settings.AgeLimit), death);
        if (episodes.Count > first) children.Add(new LinkedChild(first, episodes.Count - first, birth, death));
    }

    private void CountRows(ReadOnlySpan<int> rows)
    {
        if (rows.Length == 1) return;
        UInt128 years = 0;
        foreach (var row in rows) years |= UInt128.One << referrals.YearEnds.Place(row);
        var distinct = (int)UInt128.PopCount(years);
        inOtherYear += distinct - 1;
        inSameYear += rows.Length - distinct;
    }

    // A case that was closed because the child died says when, where no date of death is recorded.
    private int DeathOf(ReadOnlySpan<int> rows, int first)
    {
        var death = LatestValue.Date(referrals, referrals.Death, rows);
        if (death != DateColumn.Missing || died < 0) return death;
        for (var i = first; i < episodes.Count; i++)
        {
            if (episodes[i].ClosureReason == died && episodes[i].Closure != DateColumn.Missing) return episodes[i].Closure;
        }

        return DateColumn.Missing;
    }

    private void LeaveOut(int first, int? birthday, int death)
    {
        if (birthday is null && death == DateColumn.Missing) return;
        var kept = first;
        for (var i = first; i < episodes.Count; i++)
        {
            var day = episodes[i].Referral;
            if (AdultReferrals.LeavesOut(day, birthday, tally) || ReferralsAfterDeath.LeavesOut(day, death, tally)) continue;
            episodes[kept++] = episodes[i];
        }

        episodes.RemoveRange(kept, episodes.Count - kept);
    }
}
