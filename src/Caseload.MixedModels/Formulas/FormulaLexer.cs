using System.Globalization;

namespace Caseload.MixedModels.Formulas;

/// <summary>What a piece of a formula is.</summary>
internal enum TokenKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>The name of a column or a function.</summary>
    Name,

    /// <summary>An operator, a parenthesis or a comma.</summary>
    Symbol,

    /// <summary>The end of the formula.</summary>
    End,
}

/// <summary>A piece of a formula.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters; of a name, without backquotes.</param>
/// <param name="Position">Where it begins, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    internal bool Is(char symbol) => Kind == TokenKind.Symbol && Text[0] == symbol;

    internal string Describe() => Kind == TokenKind.End
        ? "the end of the formula" : Is(BinaryOperation.DoubleBar) ? "\"||\"" : $"\"{Text}\"";
}

/// <summary>Cuts a formula into numbers, names and symbols.</summary>
internal static class FormulaLexer
{
    private const string Symbols = "~+-*/:^()|,";

    internal static bool StartsName(char c) => char.IsLetter(c) || c is '.' or '_';

    internal static bool ContinuesName(char c) => char.IsLetterOrDigit(c) || c is '.' or '_';

    internal static List<Token> Cut(string formula)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < formula.Length;)
        {
            if (char.IsWhiteSpace(formula[at]))
            {
                at++;
                continue;
            }

            var token = Next(formula, at, out at);
            tokens.Add(token);
        }

        tokens.Add(new Token(TokenKind.End, "", formula.Length));
        return tokens;
    }

    private static Token Next(string formula, int start, out int end)
    {
        var c = formula[start];
        end = start + 1;
        if (char.IsAsciiDigit(c) || (c == '.' && end < formula.Length && char.IsAsciiDigit(formula[end])))
        {
            end = NumberEnd(formula, start);
            return new Token(TokenKind.Number, formula[start..end], start);
        }

        if (StartsName(c))
        {
            while (end < formula.Length && ContinuesName(formula[end])) end++;
            return new Token(TokenKind.Name, formula[start..end], start);
        }

        if (c == '`')
        {
            var close = formula.IndexOf('`', end);
            if (close <= end)
                throw FormulaProblem.At(formula, start, "a backquote that is never closed, or encloses nothing",
                    "a column's name between backquotes", "Close it.");
            end = close + 1;
            return new Token(TokenKind.Name, formula[(start + 1)..close], start);
        }

        if (c == '|' && end < formula.Length && formula[end] == '|')
        {
            end++;
            return new Token(TokenKind.Symbol, BinaryOperation.DoubleBar.ToString(), start);
        }

        if (Symbols.Contains(c, StringComparison.Ordinal)) return new Token(TokenKind.Symbol, c.ToString(), start);
        throw FormulaProblem.At(formula, start, $"the character \"{c}\", which means nothing in a formula",
            "names, numbers and + - * / : ^ ( ) | ,",
            "Put a column's name that holds other characters between backquotes.");
    }

    private static int NumberEnd(string formula, int start)
    {
        var end = start;
        while (end < formula.Length && (char.IsAsciiDigit(formula[end]) || formula[end] == '.')) end++;
        if (end < formula.Length && formula[end] is 'e' or 'E')
        {
            var digits = end + 1;
            if (digits < formula.Length && formula[digits] is '+' or '-') digits++;
            if (digits < formula.Length && char.IsAsciiDigit(formula[digits]))
            {
                end = digits;
                while (end < formula.Length && char.IsAsciiDigit(formula[end])) end++;
            }
        }

        if (double.TryParse(formula.AsSpan(start, end - start), NumberStyles.Float, CultureInfo.InvariantCulture, out _)) return end;
        throw FormulaProblem.At(formula, start, $"\"{formula[start..end]}\"", "a number", "Write it with one decimal point.");
    }
}
