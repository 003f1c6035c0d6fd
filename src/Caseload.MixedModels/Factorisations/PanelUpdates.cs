namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// For each panel k, the earlier panels that have k among their rows, in their order: those by which k changes in the factorisation and
/// which change by k in the inverse.
/// </summary>
internal sealed class PanelUpdates
{
    internal PanelUpdates(FactorColumns columns, FactorStructure structure)
    {
        Starts = new int[structure.Panels + 1];
        foreach (var row in columns.Rows)
        {
            if (row < structure.Panels) Starts[row + 1]++;
        }

        for (var panel = 0; panel < structure.Panels; panel++) Starts[panel + 1] += Starts[panel];
        var ends = Starts.AsSpan(0, structure.Panels).ToArray();
        (Sources, Rows) = (new int[Starts[^1]], new int[Starts[^1]]);
        for (var column = 0; column < structure.Panels; column++)
        {
            var at = structure.RowStarts[column];
            foreach (var row in columns.Of(column))
            {
                if (row >= structure.Panels) break;
                Sources[ends[row]] = column;
                Rows[ends[row]++] = at;
                at += structure.Size(row);
            }
        }
    }

    /// <summary>The first source of each panel, and the number of sources at the end.</summary>
    internal int[] Starts { get; }

    /// <summary>The earlier panels.</summary>
    internal int[] Sources { get; }

    /// <summary>The place of the panel's first row among the source's <see cref="FactorStructure.Rows"/>.</summary>
    internal int[] Rows { get; }
}
