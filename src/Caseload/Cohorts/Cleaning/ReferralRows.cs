using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Cohorts.Cleaning;

/// <summary>
/// The rows of a set of returns after the steps that look at one row alone, as plain arrays: the form in which millions of them can be
/// linked quickly. Only the columns that a step may change are copies.
/// </summary>
internal sealed class ReferralRows
{
    internal ReferralRows(Frame rows, CleaningTally tally)
    {
        Authority = rows.Text("LEA");
        Child = rows.Text("LAchildID");
        Year = rows.Integer("Year");
        YearEnds = new YearEnds(Year);
        Referral = rows.Date("CINreferralDate").Days.ToArray();
        Closure = rows.Date("CINclosureDate").Days.ToArray();
        Birth = rows.Date("PersonBirthDate").Days.ToArray();
        Expected = rows.Date("ExpectedPersonBirthDate").Days.ToArray();
        Death = rows.Date("PersonDeathDate").Days.ToArray();
        Nfa = rows.Flag("ReferralNFA");
        Need = new CodedColumn(rows.Text("PrimaryNeedCode"));
        Source = new CodedColumn(rows.Text("ReferralSource"));
        ClosureReason = new CodedColumn(rows.Text("ReasonForClosure"));
        Sex = new CodedColumn(rows.Text("GenderCurrent"), SexOf);
        Ethnicity = new CodedColumn(rows.Text("Ethnicity"));
        Disabled = new CodedColumn(rows.Text("Disabilities"), codes => codes == "NONE" ? "0" : "1");
        PupilNumbers = PupilNumbers.Of(rows);
        var withoutDate = Referral.Count(day => day == DateColumn.Missing);
        foreach (var (step, apply) in Steps)
        {
            if (tally.Takes(step)) apply(this, tally);
        }

        Excluded =
        [
            .. new[]
            {
                new Exclusion("Referral date missing", withoutDate),
                new Exclusion("Referral dated before 1930", tally[CleaningCase.EarlyReferral]),
                new Exclusion("Referral dated after the end of its census year", tally[CleaningCase.LateReferral]),
            }.Where(e => e.Rows > 0),
        ];
    }

    private static (CleaningSteps Step, Action<ReferralRows, CleaningTally> Apply)[] Steps =>
    [
        (CleaningSteps.ImplausibleDates, ImplausibleDates.Apply),
        (CleaningSteps.ClosureOrder, ClosureOrder.Apply),
        (CleaningSteps.NeedSubcodes, NeedSubcodes.Apply),
        (CleaningSteps.NeedNotStated, NeedNotStated.Apply),
        (CleaningSteps.SourceUnknown, SourceUnknown.Apply),
    ];

    internal TextColumn Authority { get; }

    internal TextColumn Child { get; }

    internal IntegerColumn Year { get; }

    internal YearEnds YearEnds { get; }

    /// <summary>Referral dates as day numbers; a row without one is not used.</summary>
    internal int[] Referral { get; }

    internal int[] Closure { get; }

    internal int[] Birth { get; }

    /// <summary>Expected dates of birth.</summary>
    internal int[] Expected { get; }

    internal int[] Death { get; }

    internal FlagColumn Nfa { get; }

    internal CodedColumn Need { get; }

    internal CodedColumn Source { get; }

    internal CodedColumn ClosureReason { get; }

    /// <summary>female or male; missing where it is not recorded, unborn or indeterminate.</summary>
    internal CodedColumn Sex { get; }

    internal CodedColumn Ethnicity { get; }

    /// <summary>0 where NONE is recorded, 1 where any other disability is.</summary>
    internal CodedColumn Disabled { get; }

    internal PupilNumbers PupilNumbers { get; }

    /// <summary>The number of rows, usable or not.</summary>
    internal int Count => Referral.Length;

    /// <summary>The rows that are not used, by reason.</summary>
    internal IReadOnlyList<Exclusion> Excluded { get; }

    private static string? SexOf(string gender) => gender switch
    {
        "1" or "M" => "male",
        "2" or "F" => "female",
        _ => null,
    };
}
