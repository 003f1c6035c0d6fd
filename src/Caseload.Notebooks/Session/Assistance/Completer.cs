namespace Caseload.Notebooks.Session.Assistance;

/// <summary>Finds what could stand at a place in a cell.</summary>
/// <param name="bind">Binds a text to the cells before it.</param>
/// <param name="folder">The notebook's folder.</param>
internal sealed class Completer(Func<CursorText, BoundCursor> bind, string folder)
{
    /// <summary>What could stand at a place.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, within the text.</param>
    public CompletionList Complete(string code, int position)
    {
        var before = code[..position];
        switch (CursorPlaces.AtEndOf(before))
        {
            case CursorPlace.Prose:
                return new(position, position, []);
            case CursorPlace.Directive:
                return PathCompletions.Of(before[(before.LastIndexOf('\n') + 1)..], position, folder);
        }

        var start = StartOfName(before);
        var prefix = before[start..].TrimStart('@');
        if (prefix.Length > 0 && char.IsAsciiDigit(prefix[0])) return new(position, position, []);
        var cursor = bind(CursorText.Read(code, start, Path.Combine(folder, "completion")));
        var items = new CompletionItems(prefix);
        if (cursor.Owner is { } owner) items.Add(MemberCompletions.Of(cursor, owner));
        else if (start == 0 || before[start - 1] != '.') NameCompletions.Add(cursor, items);
        return new(start, position, items.ToList());
    }

    private static int StartOfName(string before)
    {
        var start = before.Length;
        while (start > 0 && IsNamePart(before[start - 1])) start--;
        return start > 0 && before[start - 1] == '@' ? start - 1 : start;
    }

    private static bool IsNamePart(char c) => c == '_' || char.IsLetterOrDigit(c);
}
