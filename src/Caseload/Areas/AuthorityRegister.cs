using System.Globalization;

namespace Caseload.Areas;

/// <summary>An authority under one of its ONS codes.</summary>
/// <param name="Authority">The three-digit code of the Department for Education.</param>
/// <param name="OnsCode">The code of the Office for National Statistics; null for authorities that ended before these codes began.</param>
/// <param name="Name">The name.</param>
/// <param name="Region">The region, as the department's files name it: London is Inner London and Outer London.</param>
/// <param name="From">The first day of the code; null where it is older than April 2009.</param>
/// <param name="To">The last day of the code; null where it stands.</param>
public sealed record RegisteredAuthority(string Authority, string? OnsCode, string Name, string Region, DateOnly? From, DateOnly? To);

/// <summary>
/// The authorities with children's services in England since 2009, under both code systems:
/// <c>data-schema/registers/local-authority.csv</c>.
/// Sources: the columns of the department's open files; the ONS code history for codes that changed (Gateshead and Northumberland 2013,
/// Buckinghamshire 2020, North Yorkshire and Somerset 2023, Barnsley and Sheffield 2025) while the three digits stayed.
/// </summary>
public static class AuthorityRegister
{
    private const string Resource = "Caseload.Areas.local-authority.csv";
    private const int Columns = 6;

    private static readonly Dictionary<string, RegisteredAuthority> ByOns;
    private static readonly Dictionary<string, RegisteredAuthority> ByDfe;

    static AuthorityRegister()
    {
        All = Read();
        ByOns = All.Where(a => a.OnsCode is not null).ToDictionary(a => a.OnsCode!, StringComparer.Ordinal);
        ByDfe = All.GroupBy(a => a.Authority, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
    }

    /// <summary>Every authority under every ONS code it has had, by three-digit code and then by time.</summary>
    public static IReadOnlyList<RegisteredAuthority> All { get; }

    /// <summary>The authority of an ONS code of any time, or null.</summary>
    /// <param name="code">The code.</param>
    public static RegisteredAuthority? OfOns(string code) => ByOns.GetValueOrDefault(code);

    /// <summary>The authority of a three-digit code, under its latest ONS code, or null.</summary>
    /// <param name="code">The code.</param>
    public static RegisteredAuthority? OfDfe(string code) => ByDfe.GetValueOrDefault(code);

    /// <summary>The three digits of a code of either system, or null where the code is of neither or is not known.</summary>
    /// <param name="code">The code.</param>
    public static string? ToDfe(string code) => AuthorityCodes.IsDfe(code) ? code : OfOns(code)?.Authority;

    private static List<RegisteredAuthority> Read()
    {
        using var stream = typeof(AuthorityRegister).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var all = new List<RegisteredAuthority>();
        while (reader.ReadLine() is { } line)
        {
            // The name stands last, so that its comma needs no other care.
            var cells = line.Split(',', Columns);
            all.Add(new RegisteredAuthority(cells[0], cells[1].Length == 0 ? null : cells[1], cells[5].Trim('"'), cells[2], Day(cells[3]),
                Day(cells[4])));
        }

        return all;
    }

    private static DateOnly? Day(string cell) =>
        cell.Length == 0 ? null : DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
