using System.Globalization;
using Caseload.Benchmarks.Data;

namespace Caseload.Benchmarks;

/// <summary>The options after the name of a benchmark.</summary>
internal sealed class Arguments(ReadOnlyMemory<string> options)
{
    /// <summary>The word after an option, or null where the option is not there.</summary>
    internal string? Text(string option)
    {
        var at = options.Span.IndexOf(option);
        return at < 0 || at + 1 == options.Length ? null : options.Span[at + 1];
    }

    /// <summary>The whole number after an option.</summary>
    internal int Number(string option, int otherwise) =>
        Text(option) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Whether an option is there.</summary>
    internal bool Flag(string option) => options.Span.Contains(option);

    /// <summary>The data of the files that <c>--data</c> and <c>--data10</c> name, and simulated where they name none.</summary>
    internal BenchmarkData Data()
    {
        var files = new DataFiles(Text("--data"), Text("--data10"));
        files.Publish();
        return new BenchmarkData(files);
    }
}
