using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Session.Consoles;

/// <summary>
/// Takes the process's console for a session and gives it back when disposed. What no cell writes or reads passes through. There is one
/// console a process, so one session at a time should run cells.
/// </summary>
internal sealed class CellConsole : IDisposable
{
    private readonly TextWriter outputBefore = Console.Out;
    private readonly TextWriter errorBefore = Console.Error;
    private readonly TextReader inputBefore = Console.In;
    private TextWriter? output;
    private TextWriter? error;
    private TextReader? input;

    /// <summary>Takes the console, where someone else, such as the cell before, set another since.</summary>
    public void Take()
    {
        if (Console.Out != output)
        {
            Console.SetOut(new RoutedWriter(StreamName.Stdout, outputBefore));
            output = Console.Out;
        }

        if (Console.Error != error)
        {
            Console.SetError(new RoutedWriter(StreamName.Stderr, errorBefore));
            error = Console.Error;
        }

        if (Console.In == input) return;
        Console.SetIn(new RoutedReader(inputBefore));
        input = Console.In;
    }

    /// <summary>Gives the console back, where it is still this one.</summary>
    public void Dispose()
    {
        if (Console.Out == output) Console.SetOut(outputBefore);
        if (Console.Error == error) Console.SetError(errorBefore);
        if (Console.In == input) Console.SetIn(inputBefore);
    }
}
