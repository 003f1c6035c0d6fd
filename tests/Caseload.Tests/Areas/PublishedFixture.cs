using System.Globalization;
using System.Text;
using Caseload.Areas;

namespace Caseload.Tests.Areas;

/// <summary>Small made-up files in the layouts of the published ones, in a folder of their own that goes away again.</summary>
internal sealed class PublishedFixture : IDisposable
{
    private const string Place = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
        + "old_la_code,new_la_code,la_name";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("caseload-areas-");

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public string Write(string name, string text, Encoding? encoding = null)
    {
        File.WriteAllText(PathOf(name), text, encoding ?? new UTF8Encoding(false));
        return PathOf(name);
    }

    /// <summary>Rows of "year,code,name" and then referrals, rate, re-referrals percent, NFA percent; counts follow.</summary>
    public string Rates(params string[] rows) => Write("c1.csv",
        Table(Place + ",Category,Referrals,Referrals_rate,Re_referrals,Re_referrals_percent,No_Further_Action_percent",
            "Referrals and Re-referrals,", "9,1,0,1,1", [.. rows.Select(Counted)]),
        new UTF8Encoding(true));

    /// <summary>Rows of "year,code,name" and then children in need on 31 March.</summary>
    public string Stock(params string[] rows) => Write("b1.csv", Table(Place + ",category,At31_episodes", "Children in Need,", "9", rows));

    /// <summary>Rows of "year,code,name" and then in-post full-time equivalents and caseload.</summary>
    public string Workforce(params string[] rows) => Write("csww.csv", Table(Place + ",inpost_fte,caseload_fte", "", "9,1", rows));

    /// <summary>Rows of "code,name" and then children in need, referrals, rate, percent within 12 months.</summary>
    public string CohortYear(params string[] rows) => Write("osr26.csv",
        "geog_l,geog_c,geog_n,CINAt310311,Referrals1011,Referrals1011Rate,%ReferralsWithin12mths1011\n"
        + "National,921,England,\"382,400\",\"615,000\",556.8,25.6\n" + string.Concat(rows.Select(row => $"LA,{row}\n")));

    public AreaBuild Build(string rates, string stock, string? workforce, int? year = null) =>
        AreaBuilder.Build(new AreaSources([rates], [stock], workforce is null ? [] : [workforce]) { Years = year is { } y ? [y] : [] })
            .Single();

    public void Dispose() => folder.Delete(recursive: true);

    private static string Counted(string row)
    {
        var cells = row.Split(',').ToList();
        var isNumber = double.TryParse(cells[3], CultureInfo.InvariantCulture, out var referrals)
            & double.TryParse(cells[5], CultureInfo.InvariantCulture, out var percent);
        cells.Insert(5, isNumber ? (referrals * percent / 100).ToString(CultureInfo.InvariantCulture) : cells[5]);
        return string.Join(',', cells);
    }

    private static string Table(string header, string category, string national, string[] rows)
    {
        var text = new StringBuilder(header + "\n");
        foreach (var year in rows.Select(row => row[..4]).Distinct())
        {
            text.Append($"{year},Reporting year,National,E92000001,England,,,,,,{category}{national}\n");
            text.Append($"{year},Reporting year,Regional,E92000001,England,E12000001,North East,,,,{category}{national}\n");
        }

        foreach (var row in rows)
        {
            var cells = row.Split(',', 4);
            var ons = string.Join(" / ", cells[1].Split(" / ").Select(code => "E06000" + code));
            text.Append($"{cells[0]},Reporting year,Local authority,E92000001,England,E12000001,North East,");
            text.Append($"{cells[1]},{ons},{cells[2]},{category}{cells[3]}\n");
        }

        return text.ToString();
    }
}
