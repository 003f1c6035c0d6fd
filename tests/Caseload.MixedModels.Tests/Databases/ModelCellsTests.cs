using Caseload.Frames;
using Caseload.Frames.Databases;
using Caseload.MixedModels.Databases;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.Tests.Databases;

/// <summary>A fit from the cells that a database counts is the fit from the rows themselves.</summary>
public sealed class ModelCellsTests : IDisposable
{
    // The bound of the contract; what differs at all is the order in which numbers are added up.
    private const double Tolerance = 1e-10;

    private readonly SampleDatabase database = new();

    public static TheoryData<string, FitSettings> Models => new()
    {
        { "y ~ x + f + (1 | g)", new FitSettings() },
        { "y ~ x * f + (1 + x | g)", new FitSettings { Link = Link.Probit } },
        { "y ~ I(x^2) + factor(x) + (1 | g) + (1 | h)", new FitSettings { References = new Dictionary<string, string> { ["x"] = "0.5" } } },
        { "y ~ f", new FitSettings { Factors = ["n"], Link = Link.Cloglog } },
        { "y ~ x + f + (1 | r/g)", new FitSettings { References = new Dictionary<string, string> { ["f"] = "b" } } },
        { "y ~ x + (1 | g)", new FitSettings { QuadraturePoints = 7 } },
        { "n ~ x + f + (1 | g)", new FitSettings { Family = Family.Poisson } },
        { "n ~ x + f + offset(log(w)) + (1 | g)", new FitSettings { Family = Family.Poisson, Weights = "w" } },
        { "n ~ x + (1 | g)", new FitSettings { Family = Family.NegativeBinomial } },
        { "z ~ x + f + (1 | g) + (1 | h)", new FitSettings { Family = Family.Gaussian } },
        { "z ~ x + f + (1 | g)", new FitSettings { Family = Family.Gaussian, Reml = true, Weights = "w" } },
        { "z ~ x + f", new FitSettings { Family = Family.Gaussian, Frequencies = "k" } },
        { "y ~ x + f + (1 | g)", new FitSettings { Frequencies = "k" } },
        { "n ~ x + (1 | g)", new FitSettings { Family = Family.Poisson, Frequencies = "k" } },
        { "cbind(n, w) ~ x + (1 | g)", new FitSettings() },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void The_fit_is_that_of_the_rows(string formula, FitSettings settings)
    {
        var frame = Data(seed: 3);
        database.Write("t", frame);

        AssertSame(MixedModel.Fit(frame, formula, settings), Fit("select * from t", formula, settings));
    }

    [Fact]
    public void The_fit_is_that_of_the_rows_whatever_the_data() => Properties.HoldOnData(data =>
    {
        database.Write("t", data);
        AssertSame(MixedModel.Fit(data, "y ~ x + f + (1 | g)"), Fit("select * from t", "y ~ x + f + (1 | g)", new FitSettings()));
    }, 15);

    [Fact]
    public void Only_the_columns_of_the_model_leave_the_database_and_equal_rows_leave_it_once()
    {
        database.Write("t", Simulated.TwoLevel(5));
        using var session = DatabaseSession.Open(database.Connection);
        var cells = ModelCells.Count(
            session, DatabaseQuery.Parse("select * from t"), ModelFormula.Parse("y ~ f"), new FitSettings { Factors = ["x"] });

        Assert.Equal(["y", "f"], cells.Frame.Columns.Take(2).Select(c => c.Name));
        Assert.Equal((3, 6, 300), (cells.Frame.Columns.Count, cells.Frame.RowCount, cells.Rows));
        Assert.Equal(300, cells.Frame.Number(cells.Settings.RowCounts!).Values.ToArray().Sum());
        Assert.Empty(cells.Settings.Factors);
    }

    [Theory]
    [InlineData("a;b")]
    [InlineData("a\"b")]
    [InlineData("a\"\"; drop table t; --")]
    [InlineData("Caf\u00e9 [x] 'y'")]
    [InlineData("caseload_rows")]
    [InlineData("select")]
    public void Names_of_columns_are_quoted_whatever_stands_in_them(string name)
    {
        var frame = Simulated.TwoLevel(4);
        var renamed = new Frame(frame.Columns.Select(c => c.Name == "x" ? c.Rename(name) : c));
        database.Write("t", renamed);

        AssertSame(MixedModel.Fit(renamed, $"y ~ `{name}` + (1 | g)"), Fit("select * from t", $"y ~ `{name}` + (1 | g)", new FitSettings()));
    }

    [Fact]
    public void A_bad_cell_is_told_with_the_number_of_its_rows()
    {
        database.Execute("create table t(y, x); insert into t values (0, 1), (1, 2), (2, 3), (2, 3), (0, 2)");
        var problem = Assert.Throws<ProblemException>(() => Fit("select * from t", "y ~ x", new FitSettings())).Problem;

        Assert.Equal((ProblemKind.CheckFailed, "in 2 rows, y"), (problem.Kind, problem.Where));
    }

    [Theory]
    [InlineData("select * from t", "y ~ nosuch", ProblemKind.WrongUsage, "no column named \"nosuch\"")]
    [InlineData("select * from t", "y ~ X", ProblemKind.WrongUsage, "names are case sensitive")]
    [InlineData("select * from t where y > 5", "y ~ x", ProblemKind.CheckFailed, "a query without rows")]
    [InlineData("select y, x, x from t", "y ~ x", ProblemKind.WrongUsage, "the column name \"x\" twice")]
    public void What_is_wrong_with_a_query_is_told(string query, string formula, ProblemKind kind, string told)
    {
        database.Execute("create table t(y, x); insert into t values (0, 1), (1, 2)");
        var problem = Assert.Throws<ProblemException>(() => Fit(query, formula, new FitSettings())).Problem;

        Assert.Equal(kind, problem.Kind);
        Assert.Contains(told, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_factors_and_frequencies_that_are_no_columns_are_wrong_usage() => Assert.All(
        new FitSettings[] { new() { Weights = "w" }, new() { Frequencies = "w" }, new() { Factors = ["w"] } }, settings =>
        {
            database.Execute("drop table if exists t; create table t(y, x); insert into t values (0, 1), (1, 2)");
            Assert.Equal(ProblemKind.WrongUsage,
                Assert.Throws<ProblemException>(() => Fit("select * from t", "y ~ x", settings)).Problem.Kind);
        });

    public void Dispose() => database.Dispose();

    // Rows with repeats, missing cells, frequencies of 0 and weights of a few values.
    private static Frame Data(int seed)
    {
        var random = new Random(seed);
        var frame = Simulated.Crossed(seed, rows: 400);
        var (y, n, x) = (frame.Number("y").Values.ToArray(), frame.Number("n").Values.ToArray(), frame.Number("x").Values.ToArray());
        int Gap(double value, int one) => random.Next(one) == 0 ? IntegerColumn.Missing : (int)value;
        return frame
            .With(new IntegerColumn("y", [.. y.Select(value => Gap(value, 30))]))
            .With(new NumberColumn("x", [.. x.Select(value => random.Next(25) == 0 ? double.NaN : value + 0.0)]))
            .With(TextColumn.Of("f", Enumerable.Range(0, 400).Select(row => random.Next(20) == 0 ? null : frame.Text("f")[row])))
            .With(new IntegerColumn("w", [.. n.Select(_ => random.Next(1, 4))]))
            .With(new IntegerColumn("k", [.. n.Select(_ => Gap(random.Next(0, 4), 40))]))
            .With(new NumberColumn("z", [.. x.Select((value, row) =>
                Math.Round(1 + value + (n[row] / 3) + Simulated.Normal(random), row % 2 == 0 ? 1 : 15))]));
    }

    private MixedModelFit Fit(string query, string formula, FitSettings settings)
    {
        using var session = DatabaseSession.Open(database.Connection);
        var cells = ModelCells.Count(session, DatabaseQuery.Parse(query), ModelFormula.Parse(formula), settings);
        return MixedModel.Fit(cells.Frame, formula, cells.Settings);
    }

    private static void AssertSame(MixedModelFit rows, MixedModelFit cells)
    {
        Assert.Equal((rows.Observations, rows.RowsLeftOut, rows.Patterns), (cells.Observations, cells.RowsLeftOut, cells.Patterns));
        Assert.Equal(rows.Groups, cells.Groups);
        Same(rows.LogLikelihood, cells.LogLikelihood);
        Assert.Equal(rows.FixedEffects.Select(e => e.Term), cells.FixedEffects.Select(e => e.Term));
        foreach (var (row, cell) in rows.FixedEffects.Zip(cells.FixedEffects))
        {
            Same(row.Estimate, cell.Estimate);
            Same(row.StandardError, cell.StandardError);
        }

        foreach (var (row, cell) in rows.RandomEffects.Zip(cells.RandomEffects))
        {
            foreach (var (of, to) in row.StandardDeviations.Zip(cell.StandardDeviations)) Same(of, to);
        }

        Assert.Equal(rows.Checks.Select(c => (c.Check, c.Outcome, c.Component)), cells.Checks.Select(c => (c.Check, c.Outcome, c.Component)));
        Assert.Equal(rows.Warnings.Select(w => w.Message), cells.Warnings.Select(w => w.Message));
    }

    private static void Same(double row, double cell) =>
        Assert.True(Math.Abs(row - cell) <= Tolerance * Math.Max(1, Math.Abs(row)) || (double.IsNaN(row) && double.IsNaN(cell)),
            $"{row} of the rows, {cell} of the cells");
}
