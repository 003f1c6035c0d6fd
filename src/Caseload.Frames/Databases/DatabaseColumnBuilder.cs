namespace Caseload.Frames.Databases;

/// <summary>
/// Grows a column of a query whose type shows as its cells come: whole numbers widen to numbers; anything else that is mixed is refused.
/// </summary>
/// <param name="name">The column's name.</param>
/// <param name="declared">What the database says that the column holds; counts where every cell is missing.</param>
internal sealed class DatabaseColumnBuilder(string name, CellKind declared)
{
    // Beyond it whole numbers that differ may be one number in double precision.
    private const long MostExact = 1L << 53;

    private ColumnBuilder? builder;
    private CellKind kind = CellKind.Missing;
    private int leading;

    /// <summary>Adds a cell.</summary>
    /// <returns>Null where it fits, else what was found and what was expected.</returns>
    internal (string Found, string Expected)? Add(in DatabaseCell cell)
    {
        if (cell.Kind == CellKind.Missing)
        {
            if (builder is null) leading++;
            else builder.AddMissing();
            return null;
        }

        if (builder is null) Begin(cell.Kind);
        if (kind == CellKind.Whole && (cell.Kind == CellKind.Number || (cell.Kind == CellKind.Whole && !IsShort(cell.Whole)))) Widen();
        if (cell.Kind != kind && !(kind == CellKind.Number && cell.Kind == CellKind.Whole))
            return ($"{Words(cell.Kind)} after {Words(kind)}", "cells of one type");
        if (kind == CellKind.Number && cell.Kind == CellKind.Whole && Math.Abs((decimal)cell.Whole) > MostExact)
            return ("a whole number beyond 9,007,199,254,740,992, which a number cannot hold exactly", "numbers, or text");
        AddPresent(cell);
        return null;
    }

    /// <summary>The column of all cells added.</summary>
    internal Column ToColumn()
    {
        if (builder is null) Begin(declared);
        return builder!.ToColumn();
    }

    private static bool IsShort(long whole) => whole is > int.MinValue and <= int.MaxValue;

    private static string Words(CellKind kind) => kind switch
    {
        CellKind.Flag => "true or false",
        CellKind.Whole or CellKind.Number => "a number",
        CellKind.Date => "a date",
        _ => "text",
    };

    private void AddPresent(in DatabaseCell cell)
    {
        switch (builder)
        {
            case IntegerColumnBuilder integers:
                integers.Add((int)cell.Whole);
                break;
            case NumberColumnBuilder numbers:
                numbers.Add(cell.Kind == CellKind.Whole ? cell.Whole : cell.Number);
                break;
            case DateColumnBuilder dates:
                dates.Add((int)cell.Whole);
                break;
            case FlagColumnBuilder flags:
                flags.Add((sbyte)cell.Whole);
                break;
            default:
                ((TextColumnBuilder)builder!).Add(cell.String);
                break;
        }
    }

    private void Begin(CellKind first)
    {
        kind = first;
        builder = first switch
        {
            CellKind.Whole => new IntegerColumnBuilder(name),
            CellKind.Number => new NumberColumnBuilder(name),
            CellKind.Date => new DateColumnBuilder(name),
            CellKind.Flag => new FlagColumnBuilder(name),
            _ => new TextColumnBuilder(name),
        };
        for (; leading > 0; leading--) builder.AddMissing();
    }

    private void Widen()
    {
        var wide = new NumberColumnBuilder(name);
        foreach (var whole in ((IntegerColumn)builder!.ToColumn()).Values)
        {
            if (whole == IntegerColumn.Missing) wide.AddMissing();
            else wide.Add(whole);
        }

        (builder, kind) = (wide, CellKind.Number);
    }
}
