using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Caseload.Frames.Csv;

/// <summary>
/// Gives texts in UTF-8 the numbers of their levels, from 0 in the order of first appearance. It looks texts up by their bytes and keeps
/// bytes alone, so that a million cells of a few thousand values make no string at all.
/// </summary>
public sealed class LevelCoder
{
    private const int LongestPacked = 7;
    private const int FirstBits = 6;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    // The top byte of the key of a short text is its length; no short text has this one.
    private const ulong LongMark = 0xFFUL << 56;

    private int[] slots = new int[1 << FirstBits];
    private ulong[] keys = new ulong[1 << FirstBits];
    private int[] ends = new int[16];
    private byte[] bytes = new byte[256];
    private int shift = 64 - FirstBits;

    /// <summary>The number of levels so far.</summary>
    public int Count { get; private set; }

    /// <summary>The text of a level in UTF-8; the bytes stand until the next level is added.</summary>
    /// <param name="code">The number of the level.</param>
    public ReadOnlySpan<byte> this[int code] => bytes.AsSpan(Start(code), ends[code] - Start(code));

    /// <summary>The number of a text's level, which is made where it is new.</summary>
    /// <param name="text">The text in UTF-8.</param>
    public int CodeOf(ReadOnlySpan<byte> text)
    {
        var key = Key(text);
        var slot = Slot(text, key);
        return slots[slot] != 0 ? slots[slot] - 1 : Add(text, key, slot);
    }

    /// <summary>The number of a text's level, or -1 where there is none.</summary>
    /// <param name="text">The text in UTF-8.</param>
    public int Find(ReadOnlySpan<byte> text) => slots[Slot(text, Key(text))] - 1;

    /// <summary>The texts of all levels in order.</summary>
    public string[] ToTexts()
    {
        var texts = new string[Count];
        for (var code = 0; code < texts.Length; code++) texts[code] = Encoding.UTF8.GetString(this[code]);
        return texts;
    }

    private static ulong Key(ReadOnlySpan<byte> text)
    {
        if (text.Length <= LongestPacked)
        {
            var key = (ulong)text.Length << 56;
            for (var i = 0; i < text.Length; i++) key |= (ulong)text[i] << (8 * i);
            return key;
        }

        var hash = (ulong)text.Length;
        var rest = text;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest));

        // The last eight bytes, some of them a second time.
        if (!rest.IsEmpty) hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]));
        return hash | LongMark;
    }

    private static ulong Mix(ulong hash, ulong part)
    {
        var mixed = (hash ^ part) * Spread;
        return BitOperations.RotateLeft(mixed, 29) ^ (mixed >> 32);
    }

    // The slot that holds the text, or the empty one where it belongs. The key of a short text is the text itself.
    private int Slot(ReadOnlySpan<byte> text, ulong key)
    {
        var slot = (int)((key * Spread) >> shift);
        while (slots[slot] != 0 && !(keys[slot] == key && (key < LongMark || this[slots[slot] - 1].SequenceEqual(text))))
            slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }

    private int Start(int code) => code == 0 ? 0 : ends[code - 1];

    private int Add(ReadOnlySpan<byte> text, ulong key, int slot)
    {
        var start = Start(Count);
        if (start + text.Length > bytes.Length) Array.Resize(ref bytes, Math.Max(2 * bytes.Length, start + text.Length));
        if (Count == ends.Length) Array.Resize(ref ends, 2 * ends.Length);
        text.CopyTo(bytes.AsSpan(start));
        ends[Count] = start + text.Length;
        Count++;
        (slots[slot], keys[slot]) = (Count, key);
        if (2 * Count > slots.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        var (oldSlots, oldKeys) = (slots, keys);
        slots = new int[2 * oldSlots.Length];
        keys = new ulong[slots.Length];
        shift--;
        for (var i = 0; i < oldSlots.Length; i++)
        {
            if (oldSlots[i] == 0) continue;
            var slot = (int)((oldKeys[i] * Spread) >> shift);
            while (slots[slot] != 0) slot = (slot + 1) & (slots.Length - 1);
            (slots[slot], keys[slot]) = (oldSlots[i], oldKeys[i]);
        }
    }
}
