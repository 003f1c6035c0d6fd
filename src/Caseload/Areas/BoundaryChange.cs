namespace Caseload.Areas;

/// <summary>
/// Authorities that gave way to others. Children in need are counted on 31 March and social workers on 30 September of the same year, so a
/// change on 1 April falls between the two.
/// </summary>
/// <param name="On">The day of the change.</param>
/// <param name="Before">The codes that ended, ascending.</param>
/// <param name="After">The codes that began, ascending.</param>
/// <param name="What">The change in words.</param>
public sealed record BoundaryChange(DateOnly On, IReadOnlyList<string> Before, IReadOnlyList<string> After, string What)
{
    /// <summary>
    /// The changes of three-digit codes since 2009. Authorities that only gained a new ONS code, or absorbed districts without children's
    /// services (Buckinghamshire 2020, North Yorkshire and Somerset 2023), kept their three digits and are not here:
    /// <see cref="AuthorityRegister"/> has their codes.
    /// </summary>
    public static IReadOnlyList<BoundaryChange> Known { get; } =
    [
        new(new DateOnly(2009, 4, 1), ["820"], ["822", "823"], "Bedfordshire was divided into Bedford and Central Bedfordshire"),
        new(new DateOnly(2009, 4, 1), ["875"], ["895", "896"], "Cheshire was divided into Cheshire East and Cheshire West and Chester"),
        new(new DateOnly(2019, 4, 1), ["835", "836", "837"], ["838", "839"],
            "Dorset, Poole and Bournemouth became Dorset and Bournemouth, Christchurch and Poole; Christchurch changed sides"),
        new(new DateOnly(2021, 4, 1), ["928"], ["940", "941"], "Northamptonshire was divided into North and West Northamptonshire"),
        new(new DateOnly(2023, 4, 1), ["909"], ["942", "943"], "Cumbria was divided into Cumberland and Westmorland and Furness"),
    ];

    /// <summary>The division by which one authority became several, or null.</summary>
    /// <param name="authority">The code of the one.</param>
    public static BoundaryChange? DivisionOf(string authority) => Known.FirstOrDefault(c => c.Before is [var one] && one == authority);

    /// <summary>The division of one authority from which another came, or null.</summary>
    /// <param name="authority">The code of the part.</param>
    public static BoundaryChange? DivisionInto(string authority) =>
        Known.FirstOrDefault(c => c.Before.Count == 1 && c.After.Contains(authority));

    /// <summary>The codes of the changes that returns of a census year bear: those before a change up to 31 March of its year.</summary>
    /// <param name="censusYear">The year in which the census year ends.</param>
    public static IEnumerable<string> CodesOf(int censusYear) => Known.SelectMany(c => censusYear <= c.On.Year ? c.Before : c.After);

    /// <summary>Whether returns of a census year can bear a code: false for one that had ended or had not begun.</summary>
    /// <param name="authority">The code.</param>
    /// <param name="censusYear">The year in which the census year ends.</param>
    public static bool IsCodeOf(string authority, int censusYear) =>
        !Known.Any(c => (censusYear <= c.On.Year ? c.After : c.Before).Contains(authority));

    /// <summary>The change by which an authority ended in a year, or null.</summary>
    /// <param name="authority">The code.</param>
    /// <param name="year">The year.</param>
    public static BoundaryChange? Ending(string authority, int year) =>
        Known.FirstOrDefault(c => c.On.Year == year && c.Before.Contains(authority));

    /// <summary>The change by which an authority began in a year, or null.</summary>
    /// <param name="authority">The code.</param>
    /// <param name="year">The year.</param>
    public static BoundaryChange? Beginning(string authority, int year) =>
        Known.FirstOrDefault(c => c.On.Year == year && c.After.Contains(authority));

    /// <summary>The change in words, with its day.</summary>
    public override string ToString() => $"{What} on {On.Day} April {On.Year}";
}
