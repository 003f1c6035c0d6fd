namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>What a subscriber wants to hear: messages whose first frame begins with one of its topics.</summary>
internal sealed class Subscriptions
{
    private const int MostTopics = 1024;

    private readonly Lock gate = new();
    private readonly List<byte[]> topics = [];

    /// <summary>Reads a message of a subscriber: 1 and a topic subscribes, 0 and a topic ends that.</summary>
    /// <param name="body">The message. Anything else is passed over.</param>
    public void Take(ReadOnlySpan<byte> body)
    {
        if (body.Length == 0 || body[0] > 1) return;
        if (body[0] == 1) Add(body[1..]);
        else Remove(body[1..]);
    }

    /// <summary>Subscribes. A topic subscribed twice must be ended twice.</summary>
    /// <param name="topic">How the first frame begins; empty for all messages.</param>
    /// <exception cref="InvalidDataException">The peer has far more topics than any client.</exception>
    public void Add(ReadOnlySpan<byte> topic)
    {
        lock (gate)
        {
            if (topics.Count >= MostTopics) throw new InvalidDataException("too many topics");
            topics.Add(topic.ToArray());
        }
    }

    /// <summary>Ends a subscription.</summary>
    /// <param name="topic">The topic.</param>
    public void Remove(ReadOnlySpan<byte> topic)
    {
        lock (gate)
        {
            for (var i = 0; i < topics.Count; i++)
            {
                if (!topic.SequenceEqual(topics[i])) continue;
                topics.RemoveAt(i);
                return;
            }
        }
    }

    /// <summary>Whether a message is wanted.</summary>
    /// <param name="firstFrame">Its first frame.</param>
    public bool Match(byte[] firstFrame)
    {
        lock (gate) return topics.Exists(topic => firstFrame.AsSpan().StartsWith(topic));
    }
}
