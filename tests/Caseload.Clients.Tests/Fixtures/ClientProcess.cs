using System.Diagnostics;
using System.Globalization;

namespace Caseload.Clients.Tests.Fixtures;

/// <summary>What a program is started with.</summary>
/// <param name="Program">Its path.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">Its working folder.</param>
/// <param name="Environment">What it finds in its environment beside what this process has.</param>
internal sealed record Launch(
    string Program, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The same with streams that the caller reads.</summary>
    public ProcessStartInfo ToStartInfo()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return start;
    }
}

/// <summary>What a program left: its exit code and all that it wrote.</summary>
/// <param name="Code">The exit code; null where it did not end in time and was ended.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Ended(int? Code, string Output, string Error)
{
    /// <summary>All of it, for the message of a failing test.</summary>
    public string Account => $"exit code {Code?.ToString(CultureInfo.InvariantCulture) ?? "none: out of time"}\n{Output}\n{Error}";

    /// <summary>The program ended well.</summary>
    public Ended Succeeded()
    {
        Assert.True(Code == 0, Account);
        return this;
    }
}

/// <summary>Runs a program to its end.</summary>
internal static class ClientProcess
{
    /// <summary>Runs a program; after the time limit it and its children are ended.</summary>
    public static Ended Run(Launch launch, TimeSpan limit)
    {
        using var process = Process.Start(launch.ToStartInfo())!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExit(limit);
        if (!ended) process.Kill(entireProcessTree: true);

        // A grandchild that holds the pipes open must not hold the test.
        var read = Task.WhenAll(output, error).Wait(TimeSpan.FromSeconds(10));
        return new Ended(ended ? process.ExitCode : null, read ? output.Result : "", read ? error.Result : "(its streams stayed open)");
    }
}
