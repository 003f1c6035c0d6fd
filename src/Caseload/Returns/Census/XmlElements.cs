using System.Text;
using System.Xml;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Returns.Census;

/// <summary>
/// Steps through the elements of a return. Whoever is at an element leaves it at its end: <see cref="Enter"/> and <see cref="Next"/> go
/// through what stands inside, <see cref="Item"/> takes its text, <see cref="Skip"/> passes it by. A document type declaration is refused,
/// since it is the way to external entities; so is whatever would make memory grow.
/// </summary>
internal sealed class XmlElements : IDisposable
{
    internal const int LongestItem = 4_096;
    internal const int DeepestLevel = 64;

    private readonly TextInput input;
    private readonly BoundedText text;
    private readonly XmlReader xml;
    private readonly IXmlLineInfo line;
    private readonly XmlLeftovers leftovers;

    internal XmlElements(string path)
    {
        input = TextInput.Open(path);
        leftovers = new XmlLeftovers(input.Name);
        text = new BoundedText(input.Reader, () => Refuse($"more than {BoundedText.LongestNode:N0} characters in one piece",
            "elements whose text is a code, a date or an identifier", "Look at the file there: it is damaged, or no census return."));
        xml = XmlReader.Create(text, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            CloseInput = false,
            NameTable = new BoundedNames(() => Refuse($"more than {BoundedNames.MostNames:N0} different names of elements and attributes",
                "the fifty or so names of a census return", "Choose a CIN census return.")),
        });
        line = (IXmlLineInfo)xml;
    }

    /// <summary>The file.</summary>
    internal string File => input.Name;

    /// <summary>Whether the bytes were read as Windows-1252.</summary>
    internal bool IsWindows1252 => input.Encoding == TextEncoding.Windows1252;

    /// <summary>The name of the element that the walk is at, without a prefix.</summary>
    internal string Name => xml.LocalName;

    /// <summary>Its line.</summary>
    internal long Line => line.LineNumber;

    /// <summary>What did not fit into the census.</summary>
    internal XmlLeftovers Leftovers => leftovers;

    /// <summary>Goes to the root element.</summary>
    internal void GoToRoot()
    {
        while (Read() && xml.NodeType != XmlNodeType.Element)
        {
        }
    }

    /// <summary>Steps into the element that the walk is at.</summary>
    /// <returns>Whether anything can stand inside: false for one that is closed where it opens.</returns>
    internal bool Enter() => !xml.IsEmptyElement;

    /// <summary>Goes to the next element inside the one entered last.</summary>
    /// <returns>Whether there is one; if not, the walk is at the end of the element that was entered.</returns>
    internal bool Next()
    {
        while (Read())
        {
            if (xml.NodeType == XmlNodeType.Element) return true;
            if (xml.NodeType == XmlNodeType.EndElement) return false;
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) leftovers.StrayText++;
        }

        return false;
    }

    /// <summary>
    /// Reads to the end of the file, so that whatever stands behind the root element is not passed over, and refuses one that changed.
    /// </summary>
    internal void Finish()
    {
        while (Read())
        {
        }

        input.RequireUnchanged();
    }

    /// <summary>The text of the element that the walk is at.</summary>
    /// <exception cref="ProblemException">It is longer than any item of a census.</exception>
    internal CensusItem Item()
    {
        var at = Line;
        var found = "";
        if (!Enter()) return new CensusItem(found, at);
        while (Read() && xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType == XmlNodeType.Element) SkipUnknown();
            else found = found.Length == 0 ? xml.Value : found + xml.Value;
            if (found.Length > LongestItem)
                throw Refuse($"a text of more than {LongestItem:N0} characters", "a code, a date or an identifier",
                    "Look at the file there: it is damaged, or no census return.");
        }

        return new CensusItem(found.Trim(), at);
    }

    /// <summary>The text of an element that may stand once: where it was there before, the first stands and the repeat is told.</summary>
    /// <param name="held">What was read of it before.</param>
    internal CensusItem Single(CensusItem held)
    {
        if (held.Line == 0) return Item();
        leftovers.Repeat(Name);
        Item();
        return held;
    }

    /// <summary>Passes an element of the census by.</summary>
    internal void Skip()
    {
        if (!Enter()) return;
        var level = xml.Depth;
        while (Read() && (xml.NodeType != XmlNodeType.EndElement || xml.Depth > level))
        {
            if (xml.NodeType == XmlNodeType.Element) RefuseMisplaced();
        }
    }

    /// <summary>Passes an element by that the census does not know, and counts it.</summary>
    /// <exception cref="ProblemException">It is a record in a place where none belongs: it would be lost without a word.</exception>
    internal void SkipUnknown()
    {
        RefuseMisplaced();
        leftovers.Unknown(Name);
        Skip();
    }

    /// <summary>Runs a step of the walk; what the platform throws becomes a <see cref="ProblemException"/>.</summary>
    internal T Guard<T>(Func<T> step)
    {
        try
        {
            return InputFile.Guard(File, step);
        }
        catch (XmlException e)
        {
            input.RequireUnchanged();
            throw Broken(e);
        }
        catch (DecoderFallbackException e)
        {
            throw new ProblemException(new Problem(ProblemKind.Unreadable, "bytes that are not UTF-8", "UTF-8 or Windows-1252", File,
                "Export the return again."), e);
        }
    }

    /// <summary>The exception that says that the file is no return, at the place that the walk has come to.</summary>
    internal ProblemException Refuse(string found, string expected, string remedy) =>
        InputFile.Unreadable(found, expected, $"{File}, line {Math.Max(1, Line)}", remedy);

    public void Dispose()
    {
        xml.Dispose();
        text.Dispose();
        input.Dispose();
    }

    private bool Read()
    {
        if (!xml.Read()) return false;
        text.Mark();
        if (xml.Depth > DeepestLevel)
            throw Refuse($"elements inside one another, more than {DeepestLevel} deep", "Message > Children > Child > CINdetails > ...",
                "Choose a CIN census return.");
        return true;
    }

    private void RefuseMisplaced()
    {
        if (Name is "Message" or "Header" or "Children" or "Child" or "CINdetails")
            throw Refuse($"{Name} in a place where it does not belong", "Message > Header, Children > Child > CINdetails",
                "Export the return again; returns that were put together by hand can be read as separate files.");
    }

    private ProblemException Broken(XmlException e)
    {
        var place = e.LineNumber > 0 ? $"{File}, line {e.LineNumber}, column {e.LinePosition}" : $"{File}, line {Math.Max(1, Line)}";
        var (found, remedy) = e.Message switch
        {
            var m when m.Contains("DTD", StringComparison.Ordinal) =>
                ("a document type declaration, which can pull in external entities",
                    "Remove the <!DOCTYPE ...> lines; a census return has none."),
            var m when m.Contains("end of file", StringComparison.OrdinalIgnoreCase)
                || m.Contains("not closed", StringComparison.Ordinal) =>
                ("XML that ends in the middle", "Copy or export the return again: this file was cut short."),
            var m when m.Contains("multiple root", StringComparison.OrdinalIgnoreCase) =>
                ("a second root element behind the first", "Put each return into a file of its own."),
            _ => ("text that is not well-formed XML", "Open the file at that place, or export the return again."),
        };
        return new ProblemException(new Problem(
            ProblemKind.Unreadable, found, "a CIN census return (Message > Header, Children > Child)", place, remedy), e);
    }
}
