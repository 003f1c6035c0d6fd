using System.Text;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Session;

/// <summary>
/// Takes the process's console for the time that a cell runs and gives it back when disposed. There is one console a process, so one
/// cell at a time can run. A cell that asks for input gets the end of input: nobody is there to type.
/// </summary>
internal sealed class CellConsole : IDisposable
{
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter error = Console.Error;
    private readonly TextReader input = Console.In;

    /// <summary>Takes the console.</summary>
    /// <param name="outputs">Gets the text.</param>
    public CellConsole(CellOutputs outputs)
    {
        Console.SetOut(new StreamWriterTo(outputs, StreamName.Stdout));
        Console.SetError(new StreamWriterTo(outputs, StreamName.Stderr));
        Console.SetIn(TextReader.Null);
    }

    /// <summary>Gives the console back.</summary>
    public void Dispose()
    {
        Console.SetOut(output);
        Console.SetError(error);
        Console.SetIn(input);
    }

    private sealed class StreamWriterTo : TextWriter
    {
        private readonly CellOutputs outputs;
        private readonly StreamName stream;

        public StreamWriterTo(CellOutputs outputs, StreamName stream)
        {
            (this.outputs, this.stream) = (outputs, stream);
            CoreNewLine = ['\n'];
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => outputs.Write(stream, [value]);

        public override void Write(char[] buffer, int index, int count) => outputs.Write(stream, buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer) => outputs.Write(stream, buffer);

        public override void Write(string? value) => outputs.Write(stream, value);

        public override void WriteLine(string? value) => outputs.Write(stream, value + "\n");
    }
}
