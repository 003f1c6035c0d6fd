using System.Diagnostics.Metrics;

namespace Caseload.Benchmarks.Databases;

/// <summary>Counts the bytes that the provider reads from the server, as the provider itself reports them.</summary>
internal sealed class BytesRead : IDisposable
{
    private readonly MeterListener listener = new();
    private long bytes;

    internal BytesRead()
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == "Npgsql" && instrument.Name.EndsWith("bytes_read", StringComparison.Ordinal))
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref bytes, value));
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => Interlocked.Add(ref bytes, value));
        listener.Start();
    }

    /// <summary>The bytes since the last time that was asked.</summary>
    internal long Take() => Interlocked.Exchange(ref bytes, 0);

    public void Dispose() => listener.Dispose();
}
