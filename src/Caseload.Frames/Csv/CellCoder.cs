namespace Caseload.Frames.Csv;

/// <summary>
/// Gives the cells of one column the numbers of their levels. Most cells are short and most values come back: those of up to seven bytes
/// are looked up by their bytes, packed into one number, so that no text is made of them.
/// </summary>
/// <param name="name">The name of the column.</param>
internal sealed class CellCoder(string name)
{
    private const int Longest = 7;
    private const int FirstBits = 6;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly TextColumnBuilder builder = new(name);
    private ulong[] keys = new ulong[1 << FirstBits];
    private int[] codes = new int[1 << FirstBits];
    private int shift = 64 - FirstBits;
    private int held;

    /// <summary>Adds a cell of the current row; an empty cell and <c>NA</c> are missing.</summary>
    internal void Add(CsvRows rows, int cell)
    {
        var bytes = rows.Bytes(cell);
        if (bytes.IsEmpty || bytes.SequenceEqual("NA"u8)) builder.AddMissing();
        else if (bytes.Length > Longest) builder.Add(rows[cell]);
        else builder.AddCode(CodeOf(Key(bytes), rows, cell));
    }

    /// <summary>The column of all cells added.</summary>
    internal TextColumn Build() => builder.Build();

    // Length and bytes together are one number for each text, and never 0.
    private static ulong Key(ReadOnlySpan<byte> bytes)
    {
        var key = (ulong)bytes.Length;
        foreach (var b in bytes) key = (key << 8) | b;
        return key;
    }

    private int CodeOf(ulong key, CsvRows rows, int cell)
    {
        var slot = Slot(key);
        if (keys[slot] == key) return codes[slot];
        var code = builder.CodeOf(rows[cell]);
        if (2 * ++held > keys.Length)
        {
            Grow();
            slot = Slot(key);
        }

        (keys[slot], codes[slot]) = (key, code);
        return code;
    }

    // The slot that holds the key, or the empty one where it belongs.
    private int Slot(ulong key)
    {
        var slot = (int)((key * Spread) >> shift);
        while (keys[slot] != 0 && keys[slot] != key) slot = (slot + 1) & (keys.Length - 1);
        return slot;
    }

    private void Grow()
    {
        var (oldKeys, oldCodes) = (keys, codes);
        keys = new ulong[2 * oldKeys.Length];
        codes = new int[keys.Length];
        shift--;
        for (var i = 0; i < oldKeys.Length; i++)
        {
            if (oldKeys[i] == 0) continue;
            var slot = Slot(oldKeys[i]);
            (keys[slot], codes[slot]) = (oldKeys[i], oldCodes[i]);
        }
    }
}
