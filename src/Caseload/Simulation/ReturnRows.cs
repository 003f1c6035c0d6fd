using System.Globalization;
using Caseload.Frames;

namespace Caseload.Simulation;

/// <summary>
/// The rows of a return: every case that was open in the census year, with what was known on its last day, and the slips of whoever wrote
/// it.
/// </summary>
internal sealed class ReturnRows
{
    private const int SchoolAge = 5;
    private const int UpnExpected = 6;
    private const int FirstYearWithSource = 2014;
    private static readonly int FirstDayWithSource = new DateOnly(FirstYearWithSource - 1, 4, 1).DayNumber;

    private readonly SimulatedAuthority authority;
    private readonly int year;
    private readonly Children[] children;
    private readonly AuthorityCases cases;
    private readonly string[] codes;
    private readonly (int Case, Slip Slip)[] told;

    /// <summary>Chooses the rows of a return.</summary>
    /// <param name="truth">The shares of slips.</param>
    /// <param name="draws">The stream of the slips.</param>
    /// <param name="of">The authority and the place of the year.</param>
    /// <param name="children">The children of all authorities; newcomers were drawn elsewhere.</param>
    /// <param name="all">The cases and the codes of all authorities.</param>
    internal ReturnRows(
        Truth truth, Draws draws, (SimulatedAuthority Authority, int Year) of, Children[] children,
        (AuthorityCases[] Cases, string[] Codes) all)
    {
        ((authority, year), this.children, cases, codes) = (of, children, all.Cases[of.Authority.Index], all.Codes);
        var list = cases.Cases;
        var rows = new List<(int Case, Slip Slip)>(list.Count / 3);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].FirstYear > year || list[i].LastYear < year) continue;
            var isFollowed = i + 1 < list.Count && list[i + 1].Identity == list[i].Identity && list[i + 1].FirstYear <= year;
            rows.Add((i, authority.MakesSlips ? SlipOf(truth, draws, list[i], isFollowed) : Slip.None));
            if (authority.MakesSlips && draws.Chance(truth.SlipRepeatedRow)) rows.Add(rows[^1]);
        }

        told = [.. rows];
    }

    private enum Slip : byte
    {
        None,
        ClosureBeforeReferral,
        MissingNfa,
        StillOpen,
    }

    /// <summary>The authority's code.</summary>
    internal string Authority => authority.Code;

    /// <summary>The census year.</summary>
    internal int Year => StudyYears.First + year;

    /// <summary>The number of rows.</summary>
    internal int Count => told.Length;

    private int End => StudyYears.End(year);

    /// <summary>The rows as a frame.</summary>
    internal Frame Build()
    {
        var (identities, upn) = Identities();
        return new Frame([
            new TextColumn("LEA", new int[Count], [authority.Code]),
            Integers("Year", _ => Year),
            identities,
            upn,
            Codes("UPNunknown", CensusCodes.UpnUnknown, UpnUnknown),
            Days("PersonBirthDate", r => Birth(r) > End ? DateColumn.Missing : Birth(r)),
            Days("ExpectedPersonBirthDate", r => Birth(r) > End ? Birth(r) : DateColumn.Missing),
            Days("PersonDeathDate", r => cases.Deaths.TryGetValue(Of(r).Identity, out var day) && day <= End ? day : DateColumn.Missing),
            Codes("GenderCurrent", CensusCodes.Genders, r => Birth(r) > End || !Who(r).Own.SexKnown[Who(r).Child] ? 0 : IsGirl(r) ? 2 : 1),
            Codes("Ethnicity", CensusCodes.Ethnicities, r => Who(r).Own.Ethnicity[Who(r).Child]),
            Codes("Disabilities", CensusCodes.Disabilities, Disability),
            Days("CINreferralDate", r => Of(r).Referral),
            Codes("ReferralSource", CensusCodes.Sources,
                r => Year < FirstYearWithSource || Of(r).Referral < FirstDayWithSource ? TextColumn.Missing : Of(r).Source),
            Codes("PrimaryNeedCode", CensusCodes.Needs,
                r => Of(r) switch { { NeedKnown: true } c => c.Need, { Nfa: true } => TextColumn.Missing, _ => CensusCodes.NeedNotStated }),
            Days("CINclosureDate", Closure),
            Codes("ReasonForClosure", CensusCodes.Closures, r => IsClosed(r) ? (int)Of(r).Reason : TextColumn.Missing),
            Flags("ReferralNFA", r => told[r].Slip == Slip.MissingNfa ? FlagColumn.Missing : Of(r).Nfa ? (sbyte)1 : (sbyte)0),
            new TextColumn("source_kind", new int[Count], ["simulated"]),
        ]);
    }

    private static Slip SlipOf(Truth truth, Draws draws, Case its, bool isFollowed)
    {
        var at = draws.Uniform();
        return isFollowed && draws.Chance(truth.SlipStillOpen) ? Slip.StillOpen
            : at < truth.SlipClosureBeforeReferral ? Slip.ClosureBeforeReferral
            : at < truth.SlipClosureBeforeReferral + truth.SlipMissingNfa && !its.Nfa ? Slip.MissingNfa
            : Slip.None;
    }

    // The cases of an identifier stand together, so that a new identifier is one that differs from the row before.
    private (TextColumn Identities, TextColumn Upn) Identities()
    {
        var (names, numbers) = (new List<string>(Count), new List<string>(Count));
        var (nameCodes, numberCodes) = (new int[Count], new int[Count]);
        for (var r = 0; r < Count; r++)
        {
            if (r > 0 && Of(r).Identity == Of(r - 1).Identity)
            {
                (nameCodes[r], numberCodes[r]) = (nameCodes[r - 1], numberCodes[r - 1]);
                continue;
            }

            nameCodes[r] = names.Count;
            names.Add(string.Create(CultureInfo.InvariantCulture, $"SIM{authority.Code}{Of(r).Identity + 1:000000}"));
            numberCodes[r] = TextColumn.Missing;
            if (!ShowsUpn(r)) continue;
            numberCodes[r] = numbers.Count;
            numbers.Add(UpnOf(r));
        }

        // Two identifiers of one child share a number: the levels of a column must differ.
        var column = numbers.Count == numbers.Distinct().Count()
            ? new TextColumn("UPN", numberCodes, numbers)
            : TextColumn.Of("UPN", numberCodes.Select(code => code < 0 ? null : numbers[code]));
        return (new TextColumn("LAchildID", nameCodes, names), column);
    }

    private string UpnOf(int r)
    {
        var identity = Of(r).Identity;
        var own = children[authority.Index];
        if (identity < own.Count) return PupilNumbers.Of(authority.Code, own.Person[identity], own.Birth[identity]);
        var who = cases.Newcomers[identity - own.Count];
        var (there, child) = (children[who.Authority], who.Child);
        return who.KeepsUpn
            ? PupilNumbers.Of(codes[who.Authority], there.Person[child], there.Birth[child])
            : PupilNumbers.Of(authority.Code, identity, there.Birth[child]);
    }

    private bool ShowsUpn(int r) =>
        Who(r) is var (own, child) && own.HasUpn[child] && StudyYears.Birthday(own.Birth[child], SchoolAge) <= End;

    private int UpnUnknown(int r) =>
        ShowsUpn(r) ? TextColumn.Missing : Birth(r) > End || StudyYears.Birthday(Birth(r), UpnExpected) > End ? 0 : 1;

    private int Disability(int r)
    {
        var (own, child) = Who(r);
        return own.DisabilityKnown[child] ? own.Disability[child] : TextColumn.Missing;
    }

    private int Closure(int r) => !IsClosed(r) ? DateColumn.Missing
        : told[r].Slip == Slip.ClosureBeforeReferral ? Of(r).Referral - 1
        : Of(r).Closure;

    private bool IsClosed(int r) => Of(r).Closure <= End && told[r].Slip != Slip.StillOpen;

    private Case Of(int r) => cases.Cases[told[r].Case];

    private bool IsGirl(int r) => Who(r) is var (own, child) && own.Female[child];

    private int Birth(int r) => Who(r) is var (own, child) ? own.Birth[child] : 0;

    private (Children Own, int Child) Who(int r)
    {
        var identity = Of(r).Identity;
        var own = children[authority.Index];
        if (identity < own.Count) return (own, identity);
        var newcomer = cases.Newcomers[identity - own.Count];
        return (children[newcomer.Authority], newcomer.Child);
    }

    private TextColumn Codes(string name, string[] levels, Func<int, int> code) => new(name, Each(code), levels);

    private DateColumn Days(string name, Func<int, int> day) => new(name, Each(day));

    private IntegerColumn Integers(string name, Func<int, int> value) => new(name, Each(value));

    private FlagColumn Flags(string name, Func<int, sbyte> value) => new(name, Each(value));

    private T[] Each<T>(Func<int, T> cell)
    {
        var cells = new T[Count];
        for (var r = 0; r < cells.Length; r++) cells[r] = cell(r);
        return cells;
    }
}
