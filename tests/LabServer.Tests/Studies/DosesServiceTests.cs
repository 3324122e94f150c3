using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Studies;

/// <summary>Dose records over the wire.</summary>
public sealed class DosesServiceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task ListDoses_ByPagesOfTwo_GivesEveryRecordOnceBySubjectAndStart()
    {
        var trial = await Bring("01", "02");
        await Import(
            trial,
            Dose("02", "1", "2021-03-01"), Dose("01", "b", "2021-03-05"), Dose("01", "c", "2021-03"), Dose("01", "a", "2021-03-05"),
            NotGiven("01", "d"), NotGiven("01", "e"), Dose("02", "2", "2021-03-01T08:00"));

        var pages = await Pages(trial, new ListDosesRequest { PageSize = 2 });

        // A partial start is at the start of its period; of one start they go by id, and those without a start come last.
        Assert.Equal(["01/c 01/a", "01/b 01/d", "01/e 02/1", "02/2"], pages);
        Assert.Equal(["01/c 01/a 01/b 01/d", "01/e"], await Pages(trial, new ListDosesRequest { PageSize = 4, SubjectId = "01" }));
        Assert.Equal(["02/1 02/2", ""], await Pages(trial, new ListDosesRequest { PageSize = 2, SubjectId = "02" }));
    }

    [Fact]
    public async Task ListDoses_WrongPageToken_IsRefused()
    {
        var trial = await Bring("01");

        await Refused.With(
            StatusCode.InvalidArgument, "PAGE_TOKEN_MALFORMED",
            trial.Studies.ListDosesAsync(new ListDosesRequest { StudyId = trial.StudyId, PageToken = "nonsense" }));
    }

    [Fact]
    public async Task ImportDoses_MoreThanAreTakenAtOnce_IsRefusedAndStoresNothing()
    {
        var trial = await Bring("01");
        var request = new ImportDosesRequest { StudyId = trial.StudyId };
        request.Doses.AddRange(Enumerable.Range(1, 5_001).Select(number => Dose("01", FormattableString.Invariant($"{number}"), "2021-03-01")));

        var fault = await Refused.With(StatusCode.InvalidArgument, "TOO_MANY_DOSES", trial.Studies.ImportDosesAsync(request));

        Assert.Equal(["doses"], fault.Fields());
        Assert.Equal([""], await Pages(trial, new ListDosesRequest { PageSize = 2 }));
        request.Doses.RemoveAt(0);
        Assert.Equal(5_000, (await trial.Studies.ImportDosesAsync(request)).Dispositions.Count(disposition => disposition == DoseDisposition.Created));
    }

    [Fact]
    public async Task ImportDoses_FaultyRecordsAmongGoodOnes_NamesPositionAndEveryFieldAndStoresTheGoodOnes()
    {
        var trial = await Bring("01");

        var answer = await Import(
            trial,
            Dose("01", "1", "2021-03-01"),
            new Dose { SubjectId = "01", DoseId = "2", Amount = "much", EndAt = "soon" },
            Dose("99", "1", "2021-03-01"),
            new Dose { SubjectId = "01", DoseId = "3", Treatment = "MSC", Amount = "NaN", StartAt = "2021-03-02" },
            Dose("01", "1", "2021-03-01"));

        Assert.Equal(
            [DoseDisposition.Created, DoseDisposition.Rejected, DoseDisposition.Rejected, DoseDisposition.Rejected, DoseDisposition.Unchanged],
            answer.Dispositions);
        Assert.Equal(
            [
                "1: FIELD_MISSING treatment, DOSE_MALFORMED amount, DATE_MALFORMED end_at, FIELD_MISSING start_at",
                "2: SUBJECT_UNKNOWN subject_id",
                "3: DOSE_MALFORMED amount",
            ],
            answer.Faults.OrderBy(entry => entry.Position).Select(entry =>
                $"{entry.Position}: {string.Join(", ", entry.Faults.Select(fault => $"{fault.Code} {fault.Field}"))}"));
        Assert.Equal(["01/1"], await Pages(trial, new ListDosesRequest { PageSize = 10 }));
    }

    private async Task<Trial> Bring(params string[] subjects)
    {
        var trial = await Trial.Create(server);
        foreach (var subject in subjects)
        {
            await trial.Register(subject);
        }

        return trial;
    }

    private static async Task<ImportDosesResponse> Import(Trial trial, params Dose[] doses) =>
        await trial.Studies.ImportDosesAsync(new ImportDosesRequest { StudyId = trial.StudyId, Doses = { doses } });

    // "subject/dose subject/dose" a page.
    private static async Task<List<string>> Pages(Trial trial, ListDosesRequest request)
    {
        request.StudyId = trial.StudyId;
        var pages = new List<string>();
        do
        {
            var page = await trial.Studies.ListDosesAsync(request);
            pages.Add(string.Join(' ', page.Doses.Select(dose => $"{dose.SubjectId}/{dose.DoseId}")));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return pages;
    }

    private static Dose Dose(string subject, string id, string start) => new() { SubjectId = subject, DoseId = id, Treatment = "MSC", StartAt = start };

    private static Dose NotGiven(string subject, string id) => new() { SubjectId = subject, DoseId = id, Treatment = "MSC", NotGiven = true };
}
