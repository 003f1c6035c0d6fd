using System.Globalization;

namespace Caseload.Cli;

/// <summary>
/// Says on a terminal which stage of long work is under way, and how long each took; says nothing where the output is no terminal.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="isQuiet">Whether to say nothing at all.</param>
internal sealed class Stages(TimeProvider clock, bool isQuiet)
{
    private readonly bool isShown = !isQuiet && !Console.IsErrorRedirected;

    /// <summary>Runs a stage.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="name">What it does, as a word in -ing.</param>
    /// <param name="work">The work.</param>
    internal T Run<T>(string name, Func<T> work)
    {
        if (!isShown) return work();
        var started = clock.GetTimestamp();
        Console.Error.Write($"  {name} ...");
        try
        {
            var result = work();
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"\r  {name,-44} {clock.GetElapsedTime(started).TotalSeconds,6:0.0} s"));
            return result;
        }
        catch
        {
            Console.Error.WriteLine();
            throw;
        }
    }
}
