namespace Caseload.Notebooks.Kernel.Messages;

/// <summary>The signatures of the latest messages: who listened on the wire and sends a message again gets nothing done.</summary>
internal sealed class SignatureMemory
{
    private const int Most = 1 << 16;

    private readonly Lock gate = new();
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>Remembers a signature.</summary>
    /// <param name="signature">The signature.</param>
    /// <returns>False where it came before.</returns>
    public bool TryAdd(string signature)
    {
        lock (gate)
        {
            if (!known.Add(signature)) return false;
            order.Enqueue(signature);
            if (order.Count > Most) known.Remove(order.Dequeue());
            return true;
        }
    }
}
