using System.Diagnostics;

namespace Caseload.Cli.Tests;

/// <summary>What a person sees of one run of the built command: its exit code and its two streams.</summary>
internal sealed record CaseloadRun(int Code, string Output, string Error)
{
    public static CaseloadRun Of(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "caseload.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CaseloadRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>It ended well and had nothing to complain of.</summary>
    public CaseloadRun Succeeded()
    {
        Assert.True(Code == 0, $"exit code {Code}: {Error}");
        Assert.Equal("", Error);
        return this;
    }

    /// <summary>It ended well; standard error holds at most what is odd about the data.</summary>
    public CaseloadRun SucceededWithOddities()
    {
        Assert.True(Code == 0, $"exit code {Code}: {Error}");
        Assert.All(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("odd: ", line, StringComparison.Ordinal));
        return this;
    }

    /// <summary>It stopped with one readable block: what was found, where, what to do; no stack trace, and no defect of ours.</summary>
    public CaseloadRun Stopped(int code, params string[] says)
    {
        Assert.True(Code == code, $"exit code {Code} where {code} was expected: {Error}");
        Assert.Contains("caseload: ", Error, StringComparison.Ordinal);
        Assert.Contains("\n  found:    ", Error, StringComparison.Ordinal);
        Assert.Equal(Error.IndexOf("  found:    ", StringComparison.Ordinal), Error.LastIndexOf("  found:    ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("defect in caseload", Error, StringComparison.Ordinal);
        Assert.All(says, text => Assert.Contains(text, Error, StringComparison.Ordinal));
        return this;
    }
}
