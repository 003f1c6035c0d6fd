using Caseload.Frames;

namespace Caseload.Cohorts;

/// <summary>Grows the cohort table child by child. Each derived variable is defined here, once.</summary>
internal sealed class CohortColumns(CohortSettings settings, bool simulated)
{
    private readonly IntegerColumnBuilder child = new("child");
    private readonly TextColumnBuilder authority = new("authority");
    private readonly DateColumnBuilder firstReferral = new("first_referral");
    private readonly IntegerColumnBuilder age = new("age_at_referral");
    private readonly TextColumnBuilder ageGroup = new("age_group");
    private readonly TextColumnBuilder sex = new("sex");
    private readonly TextColumnBuilder ethnicity = new("ethnicity");
    private readonly FlagColumnBuilder disabled = new("disabled");
    private readonly FlagColumnBuilder nfa = new("nfa");
    private readonly TextColumnBuilder need = new("need");
    private readonly FlagColumnBuilder eligible = new("eligible");
    private readonly FlagColumnBuilder rereferred = new("rereferred");
    private readonly FlagColumnBuilder within12 = new("rereferred_12_months");
    private readonly IntegerColumnBuilder rereferralYear = new("rereferral_year");
    private readonly IntegerColumnBuilder days = new("days_to_rereferral");
    private readonly IntegerColumnBuilder years = new("rereferral_years");
    private readonly FlagColumnBuilder rereferralNfa = new("rereferral_nfa");
    private readonly TextColumnBuilder rereferralNeed = new("rereferral_need");
    private readonly FlagColumnBuilder openAtRereferral = new("open_at_rereferral");
    private readonly FlagColumnBuilder earlier = new("earlier_on_record");
    private int stillOpen;
    private int earlierOnRecord;
    private int withoutFlag;

    /// <summary>The number of children so far.</summary>
    internal int Count => child.Count;

    /// <summary>Adds a child.</summary>
    /// <param name="facts">What the returns say of the child.</param>
    /// <param name="episodes">All episodes of the child, by date.</param>
    /// <param name="first">The place of the first referral of the cohort year among them.</param>
    internal void Add(ChildFacts facts, List<Episode> episodes, int first)
    {
        var index = episodes[first];
        child.Add(Count + 1);
        authority.Add(facts.Authority);
        firstReferral.Add(index.Referral);
        AddAge(facts.Birth, DateOnly.FromDayNumber(index.Referral));
        sex.Add(facts.Sex);
        ethnicity.Add(facts.Ethnicity);
        AddFlag(disabled, facts.Disabled);
        AddNfa(nfa, index.Nfa);
        need.Add(NeedName(index.Need));
        AddFlag(earlier, first > 0);
        earlierOnRecord += first > 0 ? 1 : 0;
        AddOutcome(index, episodes, first);
    }

    /// <summary>The cohort table without the figures of the authorities.</summary>
    internal Frame Build()
    {
        var count = Count;
        return new Frame(new ColumnBuilder[]
        {
            child, authority, firstReferral, age, ageGroup, sex, ethnicity, disabled, nfa, need, eligible, rereferred, within12,
            rereferralYear, days, years, rereferralNfa, rereferralNeed, openAtRereferral, earlier,
        }.Select(b => b.ToColumn()).Concat([
            new DateColumn("followed_to", [.. Enumerable.Repeat(settings.FollowUpEnd.DayNumber, count)]),
            new TextColumn("source_kind", new int[count], [simulated ? "simulated" : "real"]),
        ]));
    }

    /// <summary>The cases that stay in and are counted.</summary>
    internal IEnumerable<CountedCase> Cases()
    {
        if (withoutFlag > 0) yield return new CountedCase("No flag for no further action: taken as false", withoutFlag);
        if (stillOpen > 0) yield return new CountedCase("First episode still open at the re-referral: the referral counts", stillOpen);
        if (earlierOnRecord > 0)
        {
            yield return new CountedCase(
                "An earlier referral is on record: the first of the cohort year is not the child's first", earlierOnRecord);
        }
    }

    private void AddAge(int birth, DateOnly referral)
    {
        if (birth == DateColumn.Missing)
        {
            age.AddMissing();
            ageGroup.AddMissing();
            eligible.AddMissing();
            return;
        }

        var born = DateOnly.FromDayNumber(birth);
        var completed = CompletedYears(born, referral);
        age.Add(completed);
        ageGroup.Add(GroupOf(completed));
        AddFlag(eligible, CompletedYears(born, settings.FollowUpEnd) < settings.AgeLimit);
    }

    private void AddOutcome(Episode index, List<Episode> episodes, int first)
    {
        Episode? next = null;
        var (distinctYears, lastYear) = (0, 0);
        for (var i = first + 1; i < episodes.Count && episodes[i].Referral <= settings.FollowUpEnd.DayNumber; i++)
        {
            next ??= episodes[i];
            var year = CohortSettings.CensusYear(DateOnly.FromDayNumber(episodes[i].Referral));
            distinctYears += year != lastYear ? 1 : 0;
            lastYear = year;
        }

        AddFlag(rereferred, next is not null);
        years.Add(distinctYears);
        var limit = DateOnly.FromDayNumber(index.Referral).AddYears(1).DayNumber;

        // A child who did not return is known not to have within 12 months only where all of them were followed.
        AddFlag(within12, next is { } n && n.Referral <= limit ? true
            : limit <= settings.FollowUpEnd.DayNumber || next is not null ? false
            : null);
        if (next is not { } again)
        {
            foreach (var column in new ColumnBuilder[] { rereferralYear, days, rereferralNfa, rereferralNeed, openAtRereferral })
                column.AddMissing();
            return;
        }

        rereferralYear.Add(CohortSettings.CensusYear(DateOnly.FromDayNumber(again.Referral)));
        days.Add(again.Referral - index.Referral);
        AddNfa(rereferralNfa, again.Nfa);
        rereferralNeed.Add(NeedName(again.Need));
        var open = index.Closure == DateColumn.Missing || index.Closure > again.Referral;
        AddFlag(openAtRereferral, open);
        stillOpen += open ? 1 : 0;
    }

    // A missing flag counts as false, and is counted.
    private void AddNfa(FlagColumnBuilder column, sbyte value)
    {
        withoutFlag += value < 0 ? 1 : 0;
        column.Add(Math.Max(value, (sbyte)0));
    }

    private static string? NeedName(int need) => need < 0 ? null : NeedCodes.Levels[need];

    private static void AddFlag(FlagColumnBuilder column, bool? value)
    {
        if (value is { } known) column.Add(known ? (sbyte)1 : (sbyte)0);
        else column.AddMissing();
    }

    private static int CompletedYears(DateOnly born, DateOnly on)
    {
        if (on < born) return -1;
        var years = on.Year - born.Year;
        return born.AddYears(years) > on ? years - 1 : years;
    }

    private static string GroupOf(int age) => age switch
    {
        < 0 => "unborn",
        0 => "0",
        < 5 => "1-4",
        < 10 => "5-9",
        < 13 => "10-12",
        < 16 => "13-15",
        < 18 => "16-17",
        _ => "18+",
    };
}
