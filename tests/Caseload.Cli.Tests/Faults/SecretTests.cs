namespace Caseload.Cli.Tests.Faults;

/// <summary>A password that a person put on a command line in spite of the help is never said again, whatever is wrong with the line.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Secret = "hunter2-of-the-test";
    private const string Keys = "Host=127.0.0.1;Port=1;Username=me;Password=" + Secret + ";Database=d";
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(2, "fit", "--conection", Keys, "--query", "SELECT 1", "--formula", "a ~ b")]
    [InlineData(2, "fit", "--connection", Keys, "--query", "SELECT 1", "--formula", "a ~ b", "--quadrature", "x")]
    [InlineData(2, "fit", "--connection", Keys, "--query", "SELECT 1", "--formula", "a ~ b")]
    [InlineData(2, "fit", "--connection", "Host=h;Password=\"" + Secret + ";x\"", "--query", "SELECT 1", "--formula", "a ~ b")]
    [InlineData(2, "fit", "--connection", "postgresql://me:a/b@" + Secret + "@127.0.0.1/d", "--query", "SELECT 1", "--formula", "a ~ b")]
    [InlineData(2, "describe", "--connection", Keys)]
    [InlineData(3, "fit", Keys, "--formula", "a ~ b")]
    [InlineData(3, "validate", Keys)]
    [InlineData(3, "validate", "postgresql://me:" + Secret + "@127.0.0.1/d")]
    [InlineData(2, "cohort", "--returns", Keys, "--out", "o.csv")]
    public void It_is_in_no_message(int code, params string[] arguments)
    {
        var run = CaseloadRun.Of(arguments).Stopped(code);

        Assert.DoesNotContain(Secret, run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_a_variable_of_the_environment_may_be_said()
    {
        var path = folder.File("Password=${PGPASSWORD};Host=h", "");

        CaseloadRun.Of("validate", path).Stopped(3, "Password=${PGPASSWORD};Host=h");
    }

    public void Dispose() => folder.Dispose();
}
