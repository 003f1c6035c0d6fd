using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Runner;

/// <summary>The displays of a notebook that can still change, by their names.</summary>
internal sealed class NotebookDisplays
{
    private readonly Dictionary<string, List<ShownOutput>> displays = new(StringComparer.Ordinal);

    /// <summary>Keeps a display.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="output">Where it stands.</param>
    public void Add(string id, ShownOutput output)
    {
        if (!displays.TryGetValue(id, out var places)) displays[id] = places = [];
        places.Add(output);
    }

    /// <summary>Changes a display wherever it stands. One that was taken away since is passed over.</summary>
    /// <param name="update">The change.</param>
    public void Update(DisplayUpdated update)
    {
        foreach (var place in displays.GetValueOrDefault(update.DisplayId) ?? [])
        {
            place.Output = place.Output is ResultOutput result
                ? result with { Data = update.Data, Metadata = update.Metadata }
                : new DisplayOutput(update.Data, update.Metadata);
        }
    }
}

/// <summary>The place of an output below its cell.</summary>
/// <param name="output">What stands there at first.</param>
internal sealed class ShownOutput(NotebookOutput output)
{
    /// <summary>What stands there.</summary>
    public NotebookOutput Output { get; set; } = output;
}
