using Caseload.Cohorts.Cleaning;
using Caseload.Cohorts.Linkage;
using Caseload.Frames;

namespace Caseload.Cohorts.Variables;

/// <summary>
/// Grows the cohort table child by child. What each column means stands in <c>data-schema/cohort.schema.json</c>; what is more than a
/// value of an episode is worked out in a file of its own beside this one.
/// </summary>
internal sealed class CohortColumns
{
    private readonly LinkedHistories linked;
    private readonly CohortSettings settings;
    private readonly CleaningTally cleaning;
    private readonly CohortTally tally;
    private readonly short adopted;
    private readonly int followUpEnd;
    private readonly IntegerColumnBuilder child = new("child");
    private readonly CodedBuilder authority;
    private readonly DateColumnBuilder firstReferral = new("first_referral");
    private readonly IntegerColumnBuilder episodeNumber = new("episode_number");
    private readonly IntegerColumnBuilder age = new("age_at_referral");
    private readonly CodedBuilder ageGroup = new("age_group", Age.Groups);
    private readonly CodedBuilder sex;
    private readonly CodedBuilder ethnicity;
    private readonly FlagColumnBuilder disabled = new("disabled");
    private readonly FlagColumnBuilder nfa = new("nfa");
    private readonly CodedBuilder need;
    private readonly CodedBuilder source;
    private readonly CodedBuilder closureReason;
    private readonly FlagColumnBuilder eligible = new("eligible");
    private readonly FlagColumnBuilder rereferred = new("rereferred");
    private readonly FlagColumnBuilder within12 = new("rereferred_12_months");
    private readonly IntegerColumnBuilder rereferralYear = new("rereferral_year");
    private readonly IntegerColumnBuilder days = new("days_to_rereferral");
    private readonly IntegerColumnBuilder count = new("rereferrals");
    private readonly IntegerColumnBuilder years = new("rereferral_years");
    private readonly FlagColumnBuilder rereferralNfa = new("rereferral_nfa");
    private readonly CodedBuilder rereferralNeed;
    private readonly FlagColumnBuilder sameNeed = new("same_need");
    private readonly CodedBuilder rereferralSource;
    private readonly FlagColumnBuilder openAtRereferral = new("open_at_rereferral");
    private readonly FlagColumnBuilder earlier = new("earlier_on_record");
    private readonly FlagColumnBuilder earlier12 = new("earlier_12_months");
    private readonly IntegerColumnBuilder daysFromReferral = new("days_from_referral");
    private readonly IntegerColumnBuilder daysFromClosure = new("days_from_closure");
    private readonly CodedBuilder end = new("follow_up_end", ["rereferred", "end-of-follow-up", "eighteenth-birthday", "died"]);

    internal CohortColumns(LinkedHistories linked, CohortSettings settings, CleaningTally cleaning, CohortTally tally)
    {
        (this.linked, this.settings, this.cleaning, this.tally) = (linked, settings, cleaning, tally);
        var referrals = linked.Referrals;
        authority = new CodedBuilder("authority", linked.Rows.Authorities);
        sex = new CodedBuilder("sex", [.. referrals.Sex.Codes, "unknown"]);
        ethnicity = new CodedBuilder("ethnicity", referrals.Ethnicity.Codes);
        need = new CodedBuilder("need", referrals.Need.Codes);
        rereferralNeed = new CodedBuilder("rereferral_need", referrals.Need.Codes);
        source = new CodedBuilder("referral_source", referrals.Source.Codes);
        rereferralSource = new CodedBuilder("rereferral_source", referrals.Source.Codes);
        closureReason = new CodedBuilder("closure_reason", referrals.ClosureReason.Codes);
        adopted = (short)Array.IndexOf(referrals.ClosureReason.Codes, "RC1");
        followUpEnd = settings.FollowUpEnd.DayNumber;
    }

    /// <summary>The number of children so far.</summary>
    internal int Count => child.Count;

    /// <summary>Adds a child.</summary>
    /// <param name="facts">The child.</param>
    /// <param name="episodes">All episodes of the child, by date.</param>
    /// <param name="first">The place of the first referral of the cohort year among them.</param>
    internal void Add(in LinkedChild facts, ReadOnlySpan<Episode> episodes, int first)
    {
        var index = episodes[first];
        child.Add(Count + 1);
        authority.Add(index.Authority);
        firstReferral.Add(index.Referral);
        episodeNumber.Add(first + 1);
        AddAge(facts.Birth, index.Referral);
        AddFacts(ChildFacts.Of(linked, episodes, first));
        nfa.Add((sbyte)index.Nfa);
        need.Add(index.Need);
        source.Add(index.Source);
        closureReason.Add(index.ClosureReason);
        earlier.Add(Flag(first > 0));
        earlier12.Add(Flag(Rereferrals.EarlierWithin12Months(episodes[..first], index.Referral)));
        AddOutcome(facts, index, episodes[(first + 1)..]);
        CountCases(facts, episodes, first);
    }

    /// <summary>The cohort table without the figures of the authorities.</summary>
    /// <param name="isSimulated">Whether the returns say that they were made by the kit.</param>
    internal Frame Build(bool isSimulated) => new([
        child.ToColumn(), authority.Build(), firstReferral.ToColumn(), episodeNumber.ToColumn(), age.ToColumn(), ageGroup.Build(),
        sex.Build(), ethnicity.Build(), disabled.ToColumn(), nfa.ToColumn(), need.Build(), source.Build(), closureReason.Build(),
        eligible.ToColumn(), rereferred.ToColumn(), within12.ToColumn(), rereferralYear.ToColumn(), days.ToColumn(), count.ToColumn(),
        years.ToColumn(), rereferralNfa.ToColumn(), rereferralNeed.Build(), sameNeed.ToColumn(), rereferralSource.Build(),
        openAtRereferral.ToColumn(), earlier.ToColumn(), earlier12.ToColumn(), daysFromReferral.ToColumn(), daysFromClosure.ToColumn(),
        end.Build(), new DateColumn("followed_to", [.. Enumerable.Repeat(followUpEnd, Count)]),
        new TextColumn("source_kind", new int[Count], [isSimulated ? "simulated" : "real"]),
    ]);

    private void AddFacts(ChildFacts facts)
    {
        sex.Add(facts.Sex < 0 ? linked.Referrals.Sex.Codes.Length : facts.Sex);
        ethnicity.Add(facts.Ethnicity);
        disabled.Add(facts.Disabled < 0
            ? FlagColumn.Missing
            : linked.Referrals.Disabled.Codes[facts.Disabled] == "1" ? (sbyte)1 : (sbyte)0);
    }

    private void AddAge(int birth, int referral)
    {
        if (birth == DateColumn.Missing)
        {
            age.AddMissing();
            ageGroup.Add(-1);
            eligible.AddMissing();
            return;
        }

        var born = DateOnly.FromDayNumber(birth);
        eligible.Add(Flag(Age.On(born, settings.FollowUpEnd) < settings.AgeLimit));
        if (UnbornLimit.Exceeds(birth, referral, cleaning))
        {
            age.AddMissing();
            ageGroup.Add(-1);
            return;
        }

        var completed = Age.On(born, DateOnly.FromDayNumber(referral));
        age.Add(completed);
        ageGroup.Add(Age.GroupOf(completed));
    }

    private void AddOutcome(in LinkedChild facts, in Episode index, ReadOnlySpan<Episode> later)
    {
        var isRereferred = later.Length > 0 && later[0].Referral <= followUpEnd;
        int? day = isRereferred ? later[0].Referral : null;
        var (total, distinctYears) = Rereferrals.Of(later, followUpEnd);
        var followUp = FollowUp.Of(index, day, facts, settings);
        rereferred.Add(Flag(isRereferred));
        count.Add(total);
        years.Add(distinctYears);
        within12.Add(Rereferrals.Within12Months(index.Referral, day, followUpEnd) is { } known ? Flag(known) : FlagColumn.Missing);
        daysFromReferral.Add(followUp.DaysFromReferral);
        daysFromClosure.Add(followUp.DaysFromClosure ?? IntegerColumn.Missing);
        end.Add((int)followUp.End);
        tally.ClosureAfterFollowUp += !isRereferred && followUp.DaysFromClosure is null ? 1 : 0;
        if (isRereferred) AddRereferral(index, later[0]);
        else AddNoRereferral();
    }

    private void AddRereferral(in Episode index, in Episode again)
    {
        rereferralYear.Add(CohortSettings.CensusYear(DateOnly.FromDayNumber(again.Referral)));
        days.Add(again.Referral - index.Referral);
        rereferralNfa.Add((sbyte)again.Nfa);
        rereferralNeed.Add(again.Need);
        rereferralSource.Add(again.Source);
        sameNeed.Add(index.Need < 0 || again.Need < 0 ? FlagColumn.Missing : Flag(index.Need == again.Need));
        var open = index.Closure == DateColumn.Missing || index.Closure > again.Referral;
        openAtRereferral.Add(Flag(open));
        tally.OpenAtRereferral += open ? 1 : 0;
        tally.RereferredElsewhere += again.Authority != index.Authority ? 1 : 0;
    }

    private void AddNoRereferral()
    {
        foreach (var column in new ColumnBuilder[] { rereferralYear, days, rereferralNfa, sameNeed, openAtRereferral }) column.AddMissing();
        rereferralNeed.Add(-1);
        rereferralSource.Add(-1);
    }

    private void CountCases(in LinkedChild facts, ReadOnlySpan<Episode> episodes, int first)
    {
        tally.EarlierOnRecord += first > 0 ? 1 : 0;
        tally.Died += facts.Death != DateColumn.Missing && facts.Death <= followUpEnd ? 1 : 0;
        tally.BirthFromLater += facts.Birth != DateColumn.Missing && !BirthKnownBy(episodes[..(first + 1)]) ? 1 : 0;
        if (adopted < 0) return;
        foreach (var episode in episodes[first..])
        {
            if (episode.ClosureReason != adopted || episode.Closure > followUpEnd) continue;
            tally.Adopted++;
            return;
        }
    }

    private bool BirthKnownBy(ReadOnlySpan<Episode> episodes)
    {
        var referrals = linked.Referrals;
        for (var i = episodes.Length - 1; i >= 0; i--)
        {
            foreach (var row in linked.RowsOf(episodes[i]))
            {
                if (referrals.Birth[row] != DateColumn.Missing || referrals.Expected[row] != DateColumn.Missing) return true;
            }
        }

        return false;
    }

    private static sbyte Flag(bool value) => value ? (sbyte)1 : (sbyte)0;
}
