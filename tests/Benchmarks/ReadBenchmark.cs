using System.Globalization;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Benchmarks;

/// <summary>Times the reading of a folder of returns, beside a bare walk through the lines of the same files in the same run.</summary>
internal static class ReadBenchmark
{
    private const int Runs = 3;

    internal static int Run(string folder)
    {
        var schema = DataPackage.Load().Table("returns");
        var files = Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).ToArray();
        var (bare, read, rows) = (double.MaxValue, double.MaxValue, 0);
        for (var run = 0; run < Runs; run++)
        {
            bare = Math.Min(bare, Seconds(() => files.Sum(file => File.ReadLines(file).Count())));
            read = Math.Min(read, Seconds(() => rows = ReturnsReader.ReadFolder(schema, folder).Rows.RowCount));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows} referrals read, checked and typed in {read:0.00} s: {read / bare:0.0} times a bare walk through the lines ({bare:0.00} s); best of {Runs}"));
        return 0;
    }

    private static double Seconds(Func<int> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        _ = work();
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
