using System.Data;
using System.Globalization;
using Caseload.Frames.Databases;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;

namespace Caseload.Frames.Tests.Databases;

/// <summary>Frames of queries, with SQLite in memory as the database, and with tables of the platform as readers of other types.</summary>
public sealed class DatabaseFrameTests : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");

    public DatabaseFrameTests() => connection.Open();

    [Fact]
    public void Columns_take_the_type_of_their_cells_and_null_is_missing()
    {
        var frame = Load("""
            select 1 as i, 2.5 as d, 'N1' as t, null as none, 3000000000 as large union all select null, 2, null, null, 1 union all
            select -7, null, 'N2', null, null
            """);

        Assert.Equal([ColumnType.Integer, ColumnType.Number, ColumnType.Text, ColumnType.Text, ColumnType.Number],
            frame.Columns.Select(c => c.Type));
        Assert.Equal([1, IntegerColumn.Missing, -7], frame.Integer("i").Values.ToArray());
        Assert.Equal([2.5, 2, double.NaN], frame.Number("d").Values.ToArray());
        Assert.Equal(["N1", null, "N2"], Enumerable.Range(0, 3).Select(row => frame.Text("t")[row]));
        Assert.Equal(3, frame["none"].MissingCount);
        Assert.Equal([3e9, 1, double.NaN], frame.Number("large").Values.ToArray());
    }

    [Fact]
    public void What_a_table_declares_makes_flags_of_ones_and_zeros_and_dates_of_text()
    {
        Execute("create table t(flag boolean, day date, word text); insert into t values (1, '2010-04-01', '1'), (0, null, 'x'), (null, '2016-03-31', '')");
        var frame = Load("select * from t");

        Assert.Equal(["true", "false", ""], Enumerable.Range(0, 3).Select(frame.Flag("flag").Format));
        Assert.Equal(["2010-04-01", "", "2016-03-31"], Enumerable.Range(0, 3).Select(frame.Date("day").Format));
        Assert.False(frame.Text("word").IsMissing(2));
    }

    [Fact]
    public void A_query_without_rows_gives_the_columns_it_would_have() =>
        Assert.Equal(["a", "b"], Load("select 1 as a, 'x' as b where 1 = 0").Columns.Select(c => c.Name));

    [Fact]
    public void Types_of_other_providers_are_read()
    {
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        var id = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        foreach (var (name, value) in new (string, object)[]
        {
            ("short", (short)3), ("byte", (byte)4), ("decimal", 0.1m), ("float", 0.5f), ("date", new DateOnly(2011, 3, 31)),
            ("midnight", new DateTime(2011, 3, 31)), ("id", id), ("flag", true),
        }) table.Columns.Add(name, value.GetType());
        table.Rows.Add((short)3, (byte)4, 0.1m, 0.5f, new DateOnly(2011, 3, 31), new DateTime(2011, 3, 31), id, true);
        using var reader = table.CreateDataReader();
        var frame = DatabaseFrame.LoadFrom(reader);

        Assert.Equal(["3", "4", "0.1", "0.5", "2011-03-31", "2011-03-31", id.ToString(), "true"], frame.Columns.Select(c => c.Format(0)));
        Assert.False(reader.IsClosed);
    }

    [Fact]
    public void A_decimal_number_becomes_the_nearest_double_as_its_digits_are_read_in_a_file()
    {
        var numbers =
            from low in Gen.Choose(int.MinValue, int.MaxValue)
            from middle in Gen.Choose(int.MinValue, int.MaxValue)
            from high in Gen.Elements(0, 0, 1, int.MaxValue)
            from scale in Gen.Choose(0, 28)
            from isNegative in Gen.Elements(true, false)
            select new decimal(low, middle, high, isNegative, (byte)scale);
        var seen = 0;
        Prop.ForAll(numbers.ToArbitrary(), number =>
        {
            using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
            table.Columns.Add("x", typeof(decimal));
            table.Rows.Add(number);
            using var reader = table.CreateDataReader();
            Assert.Equal(double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
                DatabaseFrame.LoadFrom(reader).Number("x").Values[0]);
            seen++;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20170101, 1).WithQuietOnSuccess(true));
        Assert.Equal(500, seen);
    }

    [Theory]
    [InlineData("select 1 as a, 2 as a", ProblemKind.WrongUsage, "the column name \"a\" twice")]
    [InlineData("select x'00' as a", ProblemKind.Unreadable, "row 1, column a")]
    [InlineData("select 'Smith' as a union all select 7", ProblemKind.Unreadable, "row 2, column a")]
    [InlineData("select 9007199254740993 as a", ProblemKind.Unreadable, "cannot hold exactly")]
    [InlineData("create table n(x)", ProblemKind.WrongUsage, "gives no columns")]
    [InlineData("selct 1", ProblemKind.Unreadable, "an error of the provider")]
    public void What_cannot_be_read_is_told_without_its_value(string sql, ProblemKind kind, string told)
    {
        var problem = Assert.Throws<ProblemException>(() => Load(sql)).Problem;

        Assert.Equal(kind, problem.Kind);
        Assert.Contains(told, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Smith", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_of_day_is_refused_because_a_frame_would_lose_it()
    {
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("at", typeof(DateTime));
        table.Rows.Add(new DateTime(2011, 3, 31, 14, 30, 0));
        using var reader = table.CreateDataReader();

        Assert.Contains("time of day", Assert.Throws<ProblemException>(() => DatabaseFrame.LoadFrom(reader)).Problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_read_one_at_a_time_whatever_their_number()
    {
        using var session = DatabaseSession.Open(connection);
        using var rows = session.Run(DatabaseQuery.Parse(
            "with recursive n(x) as (select 1 union all select x + 1 from n) select x from n").Alone);

        // The query has no end: only what is asked for is read.
        for (var row = 0; row < 1000; row++) Assert.True(rows.Read());
        Assert.Equal((1000, "1000"), (rows.Row, rows.Text(0)));
    }

    [Fact]
    public void A_connection_that_was_open_stays_open_and_one_that_was_not_is_closed()
    {
        Load("select 1 as a");
        Assert.Equal(ConnectionState.Open, connection.State);
        using var other = new SqliteConnection("Data Source=:memory:");
        DatabaseFrame.LoadFrom(other, "select 1 as a");
        Assert.Equal(ConnectionState.Closed, other.State);
    }

    [Fact]
    public void A_query_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        using var session = DatabaseSession.Open(connection, new DatabaseSettings { Cancellation = stop.Token });
        using var rows = session.Run(DatabaseQuery.Parse(
            "with recursive n(x) as (select 1 union all select x + 1 from n) select x from n").Alone);
        Assert.True(rows.Read());
        stop.Cancel();

        var problem = Assert.Throws<ProblemException>(() =>
        {
            for (var row = 0; row < 10_000_000; row++) rows.Read();
        }).Problem;
        Assert.Equal("a query that was cancelled", problem.Found);
    }

    public void Dispose() => connection.Dispose();

    private Frame Load(string sql) => DatabaseFrame.LoadFrom(connection, sql);

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
