using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Answers <c>history_request</c> from the kernel's own session, which is session 1.</summary>
/// <param name="history">The cells that were run.</param>
internal sealed class HistoryHandler(InputHistory history)
{
    private const int Session = 1;

    /// <summary>Answers.</summary>
    /// <param name="request">The request.</param>
    public void Handle(KernelRequest request)
    {
        var content = request.Content;
        var withOutput = content.Flag("output", usual: false);
        var entries = Find(content).ToArray();
        request.ReplyOk(writer =>
        {
            writer.WriteStartArray("history");
            foreach (var entry in entries) Write(writer, entry, withOutput);
            writer.WriteEndArray();
        });
    }

    private IEnumerable<HistoryEntry> Find(JsonElement content) => content.Text("hist_access_type") switch
    {
        "range" => Range(content),
        "search" => Search(content),
        _ => Last(history.Entries, content.Number("n")),
    };

    private IEnumerable<HistoryEntry> Range(JsonElement content)
    {
        // Session 0 is the current one in the protocol; there is no other.
        if (content.Number("session") is not (null or 0 or Session)) return [];
        var (start, stop) = (content.Number("start") ?? 0, content.Number("stop") ?? int.MaxValue);
        return history.Entries.Where(e => e.Line >= start && e.Line < stop);
    }

    private IEnumerable<HistoryEntry> Search(JsonElement content)
    {
        var pattern = Glob(content.Text("pattern") ?? "*");
        var found = history.Entries.Where(e => pattern.IsMatch(e.Input));
        if (content.Flag("unique", usual: false)) found = found.Reverse().DistinctBy(e => e.Input).Reverse();
        return Last([.. found], content.Number("n"));
    }

    private static IEnumerable<HistoryEntry> Last(IReadOnlyList<HistoryEntry> entries, int? count) =>
        count is { } n ? entries.Skip(Math.Max(0, entries.Count - Math.Max(0, n))) : entries;

    // * is any text and ? any character, as in a shell; the expression cannot backtrack, whatever a client sends.
    private static Regex Glob(string pattern)
    {
        var text = new StringBuilder(@"\A");
        foreach (var c in pattern) text.Append(c switch { '*' => ".*", '?' => ".", _ => Regex.Escape(c.ToString()) });
        return new Regex(text.Append(@"\z").ToString(),
            RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    private static void Write(Utf8JsonWriter writer, HistoryEntry entry, bool withOutput)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(Session);
        writer.WriteNumberValue(entry.Line);
        if (withOutput)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(entry.Input);
            writer.WriteStringValue(entry.Output);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStringValue(entry.Input);
        }

        writer.WriteEndArray();
    }
}
