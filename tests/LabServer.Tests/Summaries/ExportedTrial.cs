using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Summaries;

/// <summary>A graded trial whose texts are awkward, and a way to export it. Registered once for all tests of a class.</summary>
public sealed class ExportedTrial : IAsyncLifetime
{
    public const string RuleSet = "ctcae-5.0";

    private ServerFixture? _server;

    public Trial Trial { get; private set; } = null!;

    public ServerFixture Server => _server!;

    public async Task InitializeAsync()
    {
        _server = await ServerFixture.Start();
        Trial = await Trial.Create(_server);
        await Trial.Register(
            new Subject { SubjectId = "01", Arm = "A", PlannedArm = "B", Sex = Sex.Female, FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "-02\"x\"", Arm = "B", Sex = Sex.Male, FirstDoseAt = "2021-03-01" });
        var strange = Trial.Potassium("=1+1", "2.75", "2021-03-05T08:00");
        (strange.Visit, strange.VisitNumber, strange.Method) = ("+WEEK, 2 \"µ\"", "2.50", "@SUM(A1)");
        await Trial.Submit(
            Trial.Potassium("b", "4.0", "2021-02-28"), strange, Trial.Potassium("x", "<3.0", "2021-03"), Trial.Alt("-7", "-0.25", "2021-03-06"),
            Trial.Alt("1", "31", "2021-02-27", "-02\"x\""), Trial.Alt("2", "333.3", "2021-03-07", "-02\"x\""));
        await Trial.Events.ReportAdverseEventAsync(new ReportAdverseEventRequest
        {
            StudyId = Trial.StudyId,
            Reports =
            {
                new EventReport { ReportId = "r", SubjectId = "01", ReportedTerm = "=HYPERLINK(\"x\")", Onset = "2021-03", Grade = 2, Serious = YesNo.No },
                new EventReport { ReportId = "s", SubjectId = "01", ReportedTerm = "－cough", CodedTerm = "Cough", SystemOrganClass = "Respiratory", Onset = "2021-03-04", End = "2021-03-08", Grade = 1 },
            },
        });
        await Trial.Grade();
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>The chunks of an export.</summary>
    public Task<List<ExportDatasetResponse>> Chunks(Dataset dataset, DatasetFormat format = DatasetFormat.Csv, string ruleSet = RuleSet, string? study = null)
    {
        var call = Server.Summaries.ExportDataset(
            new ExportDatasetRequest { StudyId = study ?? Trial.StudyId, RuleSetId = ruleSet, Dataset = dataset, Format = format });
        return call.ResponseStream.ReadAllAsync().ToListAsync().AsTask();
    }

    /// <summary>The bytes of an export.</summary>
    public async Task<byte[]> Bytes(Dataset dataset, DatasetFormat format = DatasetFormat.Csv, string ruleSet = RuleSet, string? study = null)
    {
        using var bytes = new MemoryStream();
        foreach (var chunk in await Chunks(dataset, format, ruleSet, study))
        {
            chunk.Content.WriteTo(bytes);
        }

        return bytes.ToArray();
    }
}
