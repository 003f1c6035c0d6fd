using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Formatting;

/// <summary>Turns a value into what a notebook shows of it, in one or more MIME types.</summary>
/// <remarks>One a session: it keeps the formatters of each type that it met.</remarks>
public sealed class ValueFormatter
{
    private const string Plain = "text/plain";
    private const string Html = "text/html";

    private readonly ConcurrentDictionary<Type, TypeFormatterSource> sources = new();

    /// <summary>What a notebook shows of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The MIME types wanted; empty for those that the value's formatters prefer.</param>
    /// <returns>The bundle; null for null. It always holds <c>text/plain</c> unless other types were asked for.</returns>
    /// <exception cref="Caseload.Frames.ProblemException">A formatter of a library wrote broken JSON.
    /// What a formatter throws goes through.</exception>
    public MimeBundle? Format(object? value, params IReadOnlyCollection<string> mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(mimeTypes);
        if (value is null) return null;
        var texts = ByConvention(value, mimeTypes);
        if (texts.Count == 0) AddFallbacks(texts, value);
        texts.TryAdd(Plain, ValueText.Of(value));
        var bundle = MimeBundle.FromTexts(texts);
        if (mimeTypes.Count == 0) return bundle;
        var wanted = bundle.Only(mimeTypes);
        return wanted.MimeTypes.Count > 0 ? wanted : bundle.Only([Plain]);
    }

    private Dictionary<string, string> ByConvention(object value, IReadOnlyCollection<string> mimeTypes)
    {
        var source = sources.GetOrAdd(value.GetType(), TypeFormatterSource.For);
        var wanted = mimeTypes.Count > 0 ? mimeTypes : source.PreferredMimeTypes;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var formatter in source.Formatters)
        {
            var isWanted = wanted.Count == 0 || formatter.MimeType == Plain || wanted.Contains(formatter.MimeType);
            if (isWanted && !texts.ContainsKey(formatter.MimeType) && formatter.Write(value) is { } text) texts[formatter.MimeType] = text;
        }

        return texts;
    }

    private static void AddFallbacks(Dictionary<string, string> texts, object value)
    {
        switch (value)
        {
            case HtmlText markup:
                texts[Html] = markup.Markup;
                break;
            case ProgressBar bar:
                texts[Html] = bar.ToHtml();
                break;
            case var _ when ValueText.IsScalar(value):
                break;
            case IEnumerable values:
                AddTable(texts, ValueTable.OfMany(values));
                break;
            case var _ when ValueText.HasOwnText(value.GetType()) || value is ITuple:
                break;
            case var _ when IsRecord(value.GetType()):
                texts[Html] = ValueTableText.ToHtml(ValueTable.OfOne(value));
                break;
            default:
                AddTable(texts, ValueTable.OfOne(value));
                break;
        }
    }

    private static void AddTable(Dictionary<string, string> texts, ValueTable table)
    {
        texts[Html] = ValueTableText.ToHtml(table);
        texts[Plain] = ValueTableText.ToText(table);
    }

    // Their text in a terminal is one line, as the language writes it.
    private static bool IsRecord(Type type) => TypeNames.IsAnonymous(type)
        || type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
}
