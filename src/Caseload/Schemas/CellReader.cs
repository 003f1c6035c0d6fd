using System.Globalization;
using Caseload.Frames;

namespace Caseload.Schemas;

/// <summary>Reads the cells of one field into a column and holds each against the field's constraints.</summary>
internal abstract class CellReader(Field field, IReadOnlyList<string> missingValues)
{
    /// <summary>The field.</summary>
    internal Field Field { get; } = field;

    /// <summary>The column that grows.</summary>
    internal abstract ColumnBuilder Builder { get; }

    /// <summary>The reader for a field.</summary>
    internal static CellReader For(Field field, IReadOnlyList<string> missingValues) => field.Type switch
    {
        FieldType.String => new TextReaderOf(field, missingValues),
        FieldType.Date => new DateReader(field, missingValues),
        FieldType.Boolean => new FlagReader(field, missingValues),
        FieldType.Integer => new IntegerReader(field, missingValues),
        _ => new NumberReader(field, missingValues),
    };

    /// <summary>Adds a cell. A cell that breaks the contract is added as missing.</summary>
    /// <returns>Null where the cell is good, else what was expected.</returns>
    internal string? Add(string cell)
    {
        foreach (var missing in missingValues)
        {
            if (cell != missing) continue;
            Builder.AddMissing();
            return Field.Constraints.Required ? "a value: it is required" : null;
        }

        return AddPresent(cell);
    }

    /// <summary>Adds a cell that is not one of the missing values.</summary>
    protected abstract string? AddPresent(string cell);

    /// <summary>Adds a missing cell in place of a bad one.</summary>
    protected string Refuse(string expected)
    {
        Builder.AddMissing();
        return expected;
    }

    /// <summary>What a number must meet, or null where it does.</summary>
    protected string? OutOfRange(double value) => (Field.Constraints.Minimum, Field.Constraints.Maximum) switch
    {
        ({ } least, _) when value < least => string.Create(CultureInfo.InvariantCulture, $"at least {least}"),
        (_, { } most) when value > most => string.Create(CultureInfo.InvariantCulture, $"at most {most}"),
        _ => null,
    };

    private sealed class TextReaderOf(Field field, IReadOnlyList<string> missingValues) : CellReader(field, missingValues)
    {
        private readonly TextColumnBuilder builder = new(field.Name);

        // A level is checked once, when it is first met: a million rows hold a handful of codes.
        private readonly List<string?> verdicts = [];
        private readonly HashSet<string>? codes = field.Constraints.Codes?.ToHashSet(StringComparer.Ordinal);

        internal override ColumnBuilder Builder => builder;

        protected override string? AddPresent(string cell)
        {
            var code = builder.CodeOf(cell);
            if (code == verdicts.Count) verdicts.Add(Judge(cell));
            if (verdicts[code] is { } expected) return Refuse(expected);
            builder.AddCode(code);
            return null;
        }

        private string? Judge(string cell)
        {
            if (codes is not null && !(Field.Separator is { } mark ? cell.Split(mark) : [cell]).All(codes.Contains))
                return codes.Count <= 24 ? "one of " + string.Join(' ', Field.Constraints.Codes!) : $"a code of the list {Field.CodeList}";
            return Field.Constraints.Pattern is { } pattern && !pattern.IsMatch(cell)
                ? "text of the form " + pattern.ToString()[4..^2]
                : null;
        }
    }

    private sealed class DateReader(Field field, IReadOnlyList<string> missingValues) : CellReader(field, missingValues)
    {
        private readonly DateColumnBuilder builder = new(field.Name);

        internal override ColumnBuilder Builder => builder;

        protected override string? AddPresent(string cell)
        {
            if (!DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return Refuse("a date as yyyy-MM-dd");
            if (Field.Constraints.MinimumDate is { } first && date < first)
                return Refuse(FormattableString.Invariant($"a date from {first:yyyy-MM-dd} on"));
            if (Field.Constraints.MaximumDate is { } last && date > last)
                return Refuse(FormattableString.Invariant($"a date up to {last:yyyy-MM-dd}"));
            builder.Add(date.DayNumber);
            return null;
        }
    }

    private sealed class FlagReader(Field field, IReadOnlyList<string> missingValues) : CellReader(field, missingValues)
    {
        private readonly FlagColumnBuilder builder = new(field.Name);

        internal override ColumnBuilder Builder => builder;

        protected override string? AddPresent(string cell)
        {
            switch (cell)
            {
                case "true" or "TRUE" or "True" or "1":
                    builder.Add(1);
                    return null;
                case "false" or "FALSE" or "False" or "0":
                    builder.Add(0);
                    return null;
                default:
                    return Refuse("true, false, 1 or 0");
            }
        }
    }

    private sealed class IntegerReader(Field field, IReadOnlyList<string> missingValues) : CellReader(field, missingValues)
    {
        private readonly IntegerColumnBuilder builder = new(field.Name);

        internal override ColumnBuilder Builder => builder;

        protected override string? AddPresent(string cell)
        {
            if (!int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                return Refuse("a whole number");
            if (OutOfRange(value) is { } expected) return Refuse(expected);
            builder.Add(value);
            return null;
        }
    }

    private sealed class NumberReader(Field field, IReadOnlyList<string> missingValues) : CellReader(field, missingValues)
    {
        private readonly NumberColumnBuilder builder = new(field.Name);

        internal override ColumnBuilder Builder => builder;

        protected override string? AddPresent(string cell)
        {
            if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                return Refuse("a number with a point as the decimal mark");
            if (OutOfRange(value) is { } expected) return Refuse(expected);
            builder.Add(value);
            return null;
        }
    }
}
