using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Cohorts;

/// <summary>
/// The referrals of a set of returns after cleaning, as plain arrays by row: the form in which a million of them can be linked quickly.
/// Each cleaning step is counted.
/// </summary>
internal sealed class ReferralRows
{
    private static readonly int Earliest = new DateOnly(1930, 1, 1).DayNumber;

    internal ReferralRows(Frame rows)
    {
        Authority = (TextColumn)rows["LEA"];
        Child = (TextColumn)rows["LAchildID"];
        Year = rows.Integer("Year").Values.ToArray();
        Referral = rows.Date("CINreferralDate").Days.ToArray();
        Closure = rows.Date("CINclosureDate").Days.ToArray();
        Nfa = rows.Flag("ReferralNFA").Values.ToArray();
        Need = new NeedCodes(rows.Text("PrimaryNeedCode"));
        Gender = rows.Text("GenderCurrent");
        Ethnicity = rows.Text("Ethnicity");
        Disabilities = rows.Text("Disabilities");
        Birth = BirthDays(rows.Date("PersonBirthDate").Days, rows.Date("ExpectedPersonBirthDate").Days);
        Usable = Clean();
    }

    internal TextColumn Authority { get; }

    internal TextColumn Child { get; }

    internal int[] Year { get; }

    internal int[] Referral { get; }

    internal int[] Closure { get; }

    internal sbyte[] Nfa { get; }

    internal NeedCodes Need { get; }

    internal TextColumn Gender { get; }

    internal TextColumn Ethnicity { get; }

    internal TextColumn Disabilities { get; }

    /// <summary>Date of birth, else the expected one, as day numbers.</summary>
    internal int[] Birth { get; }

    /// <summary>Whether each row is used.</summary>
    internal bool[] Usable { get; }

    internal List<Exclusion> Excluded { get; } = [];

    internal List<CountedCase> Cases { get; } = [];

    private static int[] BirthDays(ReadOnlySpan<int> born, ReadOnlySpan<int> expected)
    {
        var days = new int[born.Length];
        for (var row = 0; row < days.Length; row++)
        {
            var day = born[row] != DateColumn.Missing ? born[row] : expected[row];
            days[row] = day < Earliest ? DateColumn.Missing : day;
        }

        return days;
    }

    private bool[] Clean()
    {
        var (early, late, backwards) = (0, 0, 0);
        var usable = new bool[Referral.Length];
        var ends = new Dictionary<int, int>();
        for (var row = 0; row < usable.Length; row++)
        {
            if (!ends.TryGetValue(Year[row], out var end)) ends[Year[row]] = end = new DateOnly(Year[row], 3, 31).DayNumber;
            if (Referral[row] < Earliest) early++;
            else if (Referral[row] > end) late++;
            else usable[row] = true;
            if (!usable[row]) continue;
            if (Closure[row] == DateColumn.Missing || Closure[row] >= Referral[row]) continue;
            Closure[row] = Referral[row];
            backwards++;        }

        if (early > 0) Excluded.Add(new Exclusion("Referral dated before 1930", early));
        if (late > 0) Excluded.Add(new Exclusion("Referral dated after the end of its census year", late));
        if (backwards > 0) Cases.Add(new CountedCase("Closure dated before the referral: taken as the day of the referral", backwards));
        return usable;
    }
}

/// <summary>Primary needs as the study counts them: A2 to A5 are N2 to N5, N0 (not stated) is missing.</summary>
internal sealed class NeedCodes
{
    /// <summary>The needs that are counted; a need is held as its place here.</summary>
    internal static readonly string[] Levels = ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9"];

    private readonly TextColumn source;
    private readonly int[] levelOf;

    internal NeedCodes(TextColumn source)
    {
        this.source = source;
        levelOf = [.. source.Levels.Select(code => Array.IndexOf(Levels, "N" + code[1..]))];
    }

    /// <summary>The need of a row as its place in <see cref="Levels"/>, or -1 where it is missing.</summary>
    internal int this[int row] => source.Codes[row] is var code and >= 0 ? levelOf[code] : -1;
}
