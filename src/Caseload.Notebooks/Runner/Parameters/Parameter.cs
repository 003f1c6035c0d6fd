using Caseload.Frames;

namespace Caseload.Notebooks.Runner.Parameters;

/// <summary>A value that takes the place of the one that a notebook's cell of parameters holds.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">The value as a person writes it; the notebook says of which type it is.</param>
public sealed record Parameter(string Name, string Value)
{
    /// <summary>Reads <c>name=value</c> texts. All after the first equals sign is the value, which may be empty.</summary>
    /// <param name="texts">The texts.</param>
    /// <exception cref="ProblemException">Wrong usage: a text without a name and an equals sign, or a name given twice.</exception>
    public static IReadOnlyList<Parameter> ParseAll(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var parameters = new List<Parameter>();
        foreach (var text in texts)
        {
            var parameter = Parse(text);
            if (parameters.Any(p => p.Name == parameter.Name))
            {
                throw Wrong($"the parameter {parameter.Name} twice", "each parameter once", text, "Leave one of them out.");
            }

            parameters.Add(parameter);
        }

        return parameters;
    }

    /// <summary>The problem of a parameter that cannot be used.</summary>
    internal static ProblemException Wrong(string found, string expected, string where, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, where, remedy));

    private static Parameter Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var name = at < 0 ? "" : text[..at].Trim();
        return name.Length > 0
            ? new Parameter(name, text[(at + 1)..])
            : throw Wrong($"the parameter '{text}'", "name=value", text, "Write a name, an equals sign and a value: -p seed=2.");
    }
}
