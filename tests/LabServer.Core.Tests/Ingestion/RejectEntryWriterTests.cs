using System.Text.Json;
using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Ingestion;

public sealed class RejectEntryWriterTests
{
    private static readonly Fault Malformed = new(FaultCode.DateMalformed, "collected_at", "Not a date.");

    public static TheoryData<LabResult> Results =>
    [
        SampleResult.Alt,
        new LabResult { Version = 0, Status = (ResultStatus)77, Fasting = (Fasting)(-1) },
        SampleResult.Alt with { Version = long.MaxValue, SourceResultId = "a\0\"\\\u00FC\U0001F9EA<'>", ReportedValue = " ", Status = ResultStatus.Cancelled },
    ];

    [Theory]
    [MemberData(nameof(Results))]
    public void Of_AnyResult_IsReadBackAsItWasSent(LabResult result)
    {
        using var writer = new RejectEntryWriter();

        var entry = writer.Of(result, [Malformed]);

        Assert.Equal(result, JsonSerializer.Deserialize<LabResult>(entry.Sent));
        Assert.Equal([Malformed], JsonSerializer.Deserialize<Fault[]>(entry.Faults)!);
    }

    [Fact]
    public void Of_SeveralResultsInTurn_GivesEachItsOwnFaults()
    {
        using var writer = new RejectEntryWriter();
        var missing = new Fault(FaultCode.FieldMissing, "subject_id", "subject_id is required.");
        IReadOnlyList<Fault>[] faults = [[Malformed], [Malformed with { }], [Malformed, missing], [missing], [Malformed]];

        var entries = faults.Select(each => writer.Of(SampleResult.Alt, each)).ToList();

        Assert.Equal(faults, entries.Select(entry => (IReadOnlyList<Fault>)JsonSerializer.Deserialize<Fault[]>(entry.Faults)!));
    }
}
