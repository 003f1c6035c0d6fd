using System.Text;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Session.Consoles;

/// <summary>
/// A console: what the code of a cell writes goes to that cell, also from tasks that it left behind, and also through a writer that an
/// earlier cell took from the console and kept. All else goes where it went before.
/// </summary>
internal sealed class RoutedWriter : TextWriter
{
    private readonly StreamName stream;
    private readonly TextWriter before;

    /// <summary>Makes a console.</summary>
    /// <param name="stream">Which.</param>
    /// <param name="before">Where it went before.</param>
    public RoutedWriter(StreamName stream, TextWriter before)
    {
        (this.stream, this.before) = (stream, before);
        CoreNewLine = ['\n'];
    }

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + "\n");

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (CellScope.Current is { } cell) cell.Outputs.Write(stream, buffer);
        else before.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (CellScope.Current is { } cell) cell.Outputs.Flush();
        else before.Flush();
    }
}
