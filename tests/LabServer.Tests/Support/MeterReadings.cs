using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LabServer.Tests.Support;

/// <summary>What one server measures. Others in this process have meters of the same name and are not listened to.</summary>
internal sealed class MeterReadings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new();
    private readonly ConcurrentQueue<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> _all = new();

    public MeterReadings(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _all.Enqueue((instrument.Name, value, tags.ToArray())));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _all.Enqueue((instrument.Name, value, tags.ToArray())));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _all.Enqueue((instrument.Name, value, tags.ToArray())));
        _listener.Start();
    }

    /// <summary>Every instrument, by name.</summary>
    public IReadOnlyDictionary<string, Instrument> Instruments => _instruments;

    /// <summary>Every label that was used, as <c>name=value</c>.</summary>
    public IReadOnlySet<string> Labels => _all.SelectMany(reading => reading.Tags).Select(tag => $"{tag.Key}={tag.Value}").ToHashSet();

    /// <summary>Sum of what was recorded, of readings that carry these labels: <c>disposition=held</c>.</summary>
    public double Sum(string name, params string[] labels) => Of(name, labels).Sum();

    /// <summary>How many readings carry these labels.</summary>
    public int Count(string name, params string[] labels) => Of(name, labels).Count();

    /// <summary>What a gauge says now.</summary>
    public double Gauge(string name)
    {
        _listener.RecordObservableInstruments();
        return Of(name, []).Last();
    }

    public void Dispose() => _listener.Dispose();

    private IEnumerable<double> Of(string name, string[] labels) => _all
        .Where(reading => reading.Name == name && labels.All(label => reading.Tags.Any(tag => $"{tag.Key}={tag.Value}" == label)))
        .Select(reading => reading.Value);
}
