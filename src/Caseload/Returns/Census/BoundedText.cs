namespace Caseload.Returns.Census;

/// <summary>
/// Hands text on to an XML reader and stops it where one node grows without end, be it a text, an attribute, a name or a comment: the
/// reader would gather all of it in memory before saying a word.
/// </summary>
internal sealed class BoundedText(TextReader inner, Func<Exception> refuse) : TextReader
{
    internal const int LongestNode = 1 << 20;

    private int handed;

    /// <summary>Says that the reader has come to the next node.</summary>
    internal void Mark() => handed = 0;

    public override int Read(char[] buffer, int index, int count)
    {
        var read = inner.Read(buffer, index, count);
        if ((handed += read) > LongestNode) throw refuse();
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
