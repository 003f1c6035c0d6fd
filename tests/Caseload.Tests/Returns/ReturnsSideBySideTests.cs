using System.Text;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Returns;

/// <summary>Files are read side by side; the result is that of one builder which reads them one after another, cell by cell as text.</summary>
public sealed class ReturnsSideBySideTests : IDisposable
{
    private const string Header =
        "LEA,Year,LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA,source_kind,extra";
    private static readonly TableSchema Schema = DataPackage.Load().Table("returns");

    private static readonly Gen<string> Row =
        from lea in Gen.Elements("201", "202", "20", "")
        from year in Gen.Elements("2011", "2012", "1999", "x")
        from child in Gen.OneOf(Gen.Choose(1, 30).Select(n => "CHILD" + n), Gen.Elements("", " a", "a"))
        from dates in Gen.Elements("2003-01-01", "2010-02-30", "", "2010-05-01").ArrayOf(3)
        from codes in Gen.Elements("N1", "N7", "ZZ", "").ArrayOf(1)
        from disabilities in Gen.Elements("NONE", "LD;AUT", "LD;XX", "")
        from flag in Gen.Elements("0", "1", "TRUE", "maybe", "")
        from kind in Gen.Elements("simulated", "", "real")
        from extra in Gen.Elements("", "x", "y,z")
        select $"{lea},{year},{child},{dates[0]},2,{disabilities},{dates[1]},{codes[0]},{dates[2]},{flag},{kind},{extra}";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_result_is_that_of_reading_one_file_after_another() => Properties.Hold(
        Row.ListOf(40).ListOf(6),
        files =>
        {
            var paths = files.Select((rows, i) => folder.File($"r{i}.csv", Header + "\n" + string.Join('\n', rows) + "\n")).ToArray();
            if (paths.Length == 0) return;

            var twin = Twin(paths);
            var read = ReturnsReader.ReadFiles(Schema, paths).Reading;

            Assert.Equal(twin.Findings, read.Findings);
            Assert.Equal(twin.FindingCount, read.FindingCount);
            Assert.Equal(twin.Exclusions, read.Exclusions);
            Assert.Equal(twin.RowsRead, read.RowsRead);
            Assert.Equal(paths.Select(path => $"{path} has columns that the contract does not know and that were left aside: extra."), read.Notes);
            Assert.Equal(Text(twin.Rows), Text(read.Rows));
            Assert.Equal(read.RowsRead, read.Rows.RowCount + read.Exclusions.Sum(e => e.Rows));
        },
        count: 40);

    [Fact]
    public void Levels_stand_in_the_order_of_the_files_whoever_reads_first()
    {
        // The first file takes by far the longest.
        var rows = Enumerable.Range(0, 20_000).Select(i => $"201,2011,FIRST{i},2003-01-01,2,NONE,2010-05-01,N1,,0,,");
        string[] paths = [folder.File("a.csv", Header + "\n" + string.Join('\n', rows)), folder.File("b.csv", $"{Header}\n202,2012,B,,2,NONE,2011-05-01,N4,,0,,\n")];

        var read = ReturnsReader.ReadFiles(Schema, paths).Rows;

        Assert.Equal("FIRST0", read.Text("LAchildID").Levels[0]);
        Assert.Equal("B", read.Text("LAchildID").Levels[^1]);
        Assert.Equal(["N1", "N4"], read.Text("PrimaryNeedCode").Levels);
        Assert.Equal(paths, read.Text(TableReader.FileColumn).Levels);
    }

    [Fact]
    public void Of_several_files_that_cannot_be_read_the_first_is_told()
    {
        var good = $"{Header}\n201,2011,A,,2,NONE,2010-05-01,N1,,0,,\n";
        var paths = Enumerable.Range(0, 30).Select(i => folder.File($"r{i:00}.csv", i is 7 or 19 ? "LEA,Year\n201,2011\n" : good)).ToArray();

        for (var again = 0; again < 20; again++)
            Assert.Contains("r07.csv", Assert.Throws<ProblemException>(() => ReturnsReader.ReadFiles(Schema, paths)).Problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_left_aside_are_checked_and_not_kept()
    {
        var path = folder.File("r.csv", $"{Header.Replace("extra", "UPNunknown", StringComparison.Ordinal)}\n201,2011,A,,2,NONE,2010-05-01,N1,,0,,UN9\n");

        var reading = ReturnsReader.ReadFiles(Schema, [path], new ReturnsSettings(LeftAside: ["UPNunknown", "Disabilities", "LEA", "CINclosureDate"])).Reading;

        Assert.Equal(("UPNunknown", "\"UN9\""), (Assert.Single(reading.Findings).Column, reading.Findings[0].Found));
        Assert.Null(reading.Rows.Find("UPNunknown"));
        Assert.Null(reading.Rows.Find("Disabilities"));
        Assert.NotNull(reading.Rows.Find("CINclosureDate"));
        Assert.Equal("201", reading.Rows.Text("LEA")[0]);
    }

    [Fact]
    public void Ten_thousand_bad_rows_in_each_of_many_files_are_counted_and_the_first_are_told()
    {
        var text = Header + "\n" + string.Concat(Enumerable.Range(0, 10_000).Select(_ => "201,2011,,,2,NONE,soon,N77,,0,,\n"));
        var paths = Enumerable.Range(0, 5).Select(i => folder.File($"r{i}.csv", text)).ToArray();

        var reading = Joined(paths);

        Assert.Equal((50_000, 0, 150_000), (reading.RowsRead, reading.Rows.RowCount, reading.FindingCount));
        Assert.Equal(TableBuilder.FindingLimit, reading.Findings.Count);
        Assert.All(reading.Findings, finding => Assert.Equal(paths[0], finding.File));
        Assert.Equal([new Exclusion("Child identifier missing", 50_000)], reading.Exclusions);
    }

    [Fact]
    public void Whatever_bytes_are_damaged_rows_are_kept_or_counted_or_the_file_is_refused()
    {
        var valid = Encoding.UTF8.GetBytes(Header + "\n" + string.Concat(
            Enumerable.Range(0, 30).Select(i => $"201,2011,\"C{i}\",2003-01-01,2,NONE,2010-05-01,N1,,0,simulated,é\n")));
        var damage = (from at in Gen.Choose(0, valid.Length - 1) from to in Gen.Choose(0, 255) select (at, (byte)to)).ListOf(8);
        var cut = Gen.Choose(0, valid.Length);
        Properties.Hold(from d in damage from c in cut from isCut in Gen.Elements(true, false) select (d, isCut ? c : valid.Length), made =>
        {
            var bytes = (byte[])valid.Clone();
            foreach (var (at, to) in made.d) bytes[at] = to;
            var path = folder.File("damaged.csv", bytes[..made.Item2]);
            try
            {
                var reading = TableReader.Read(Schema, path);
                Assert.Equal(reading.RowsRead, reading.Rows.RowCount + reading.Exclusions.Sum(e => e.Rows));
                Assert.True(reading.RowsRead <= 30 + 8);
            }
            catch (ProblemException e)
            {
                Assert.Equal(ProblemKind.Unreadable, e.Problem.Kind);
                Assert.StartsWith(path, e.Problem.Where, StringComparison.Ordinal);
            }
        }, count: 500);
    }

    public void Dispose() => folder.Dispose();

    private static TableReading Joined(string[] paths) => TableBuilder.Join([.. paths.Select(path =>
    {
        var builder = new TableBuilder(Schema);
        TableReader.Append(builder, path);
        return builder;
    })]);

    // The slow way: every cell is a string, and one builder takes all files in turn.
    private static TableReading Twin(string[] paths)
    {
        var builder = new TableBuilder(Schema);
        foreach (var path in paths)
        {
            var lines = File.ReadAllLines(path);
            var header = lines[0].Split(',');
            for (var i = 1; i < lines.Length; i++)
            {
                if (lines[i].Length == 0) continue;
                var cells = lines[i].Split(',');
                if (cells.Length != header.Length)
                    builder.RejectRow(new CellFinding(path, i + 1, "(row)", $"{cells.Length} cells", $"{header.Length}, as in the header"),
                        "Row with more or fewer cells than the header");
                else
                    builder.AddRow(path, i + 1, [.. Schema.Fields.Select(f => Array.IndexOf(header, f.Name) is var at and >= 0 ? cells[at] : "")]);
            }
        }

        return builder.Build();
    }

    private static string Text(Frame frame) => string.Join('\n', frame.Columns.Select(column =>
        $"{column.Name}: {string.Join('|', Enumerable.Range(0, column.Count).Select(column.Format))}"
        + (column is TextColumn text ? $" [{string.Join('|', text.Levels)}]" : "")));
}
