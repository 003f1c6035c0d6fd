namespace Caseload.Benchmarks;

/// <summary>Prints tables in Markdown, ready for the documentation.</summary>
internal static class Table
{
    internal static void Head(params string[] names)
    {
        Console.WriteLine();
        Row(names);
        Row([.. names.Select(_ => "---")]);
    }

    internal static void Row(params string[] cells) =>
        Console.WriteLine("| " + string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))) + " |");
}
