using LabServer.Api.V1;
using LabServer.Cli.Files;
using LabServer.Cli.Results;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Results;

public sealed class ResultsPushTests : IDisposable
{
    private const string Header = "source_result_id,subject_id,test_code,reported_value,collected_at\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Batches_TwoFiles_AreCutBySizeAndNeverMixed()
    {
        using var first = CsvFile.Open(_folder.Add("a.csv", Header + "1,S,K,4,2020\n2,S,K,4,2020\n3,S,K,4,2020\n"));
        using var second = CsvFile.Open(_folder.Add("b.csv", Header + "4,S,K,4,2020\n"));
        var push = new ResultsPush("S1", "LAB", 2, _ => { });

        var batches = await push.Batches([(first, new ResultFileReader(first)), (second, new ResultFileReader(second))]).ToListAsync();

        Assert.Equal(["1,2", "3", "4"], batches.Select(batch => string.Join(',', batch.Results.Select(result => result.SourceResultId))));
        Assert.All(batches, batch => Assert.Equal(("S1", "LAB"), (batch.StudyId, batch.Laboratory)));
    }

    [Fact]
    public async Task Acknowledged_EveryDisposition_IsCountedAndTheRefusedRowsKeepTheirReasons()
    {
        var rejects = Path.Combine(_folder.Path, "rejects.csv");
        using var file = CsvFile.Open(_folder.Add("a.csv", Header
            + "1,S,K,4,2020\n2,S,K,4,2020\n3,S,K,4,2020\n4,S,ZZZ,4,2020\nragged\n5,S,K,\"4,5\",2020\n6,S,K,4,2020\n7,S,K,4,2020\n"));
        PushCounts counts;
        using (var written = new RejectsFile(rejects, [file]))
        {
            var push = new ResultsPush("S1", "LAB", 100, written.Write);
            var batch = (await push.Batches([(file, new ResultFileReader(file))]).ToListAsync()).Single();
            push.Acknowledged(batch, new BatchOutcome
            {
                Dispositions =
                {
                    Disposition.Accepted, Disposition.Amended, Disposition.Duplicate, Disposition.Held, Disposition.Rejected,
                    Disposition.Duplicate, Disposition.Duplicate,
                },
                Details =
                {
                    new ResultDetail { Position = 3, HoldReasons = { HoldReason.UnknownTest, HoldReason.UnknownSubject } },
                    new ResultDetail
                    {
                        Position = 4,
                        Faults = { new Fault { Code = "VALUE_MALFORMED", Field = "reported_value", Message = "4,5 is not a value." } },
                    },
                    new ResultDetail { Position = 5, OnFile = Disposition.Held, HoldReasons = { HoldReason.UnknownUnit } },
                    new ResultDetail { Position = 6, OnFile = Disposition.Rejected },
                },
            });
            written.Keep();
            counts = push.Counts;
        }

        Assert.Equal(
            (8L, 1L, 1L, 3L, 1L, 1L, 1L, 2L),
            (counts.Rows, counts.Accepted, counts.Amended, counts.Duplicate, counts.DuplicateOfHeld, counts.DuplicateOfRejected, counts.Held, counts.Rejected));
        Assert.True(counts.AnyRefused);
        var path = file.Path;
        Assert.Equal(
            [
                "file,row,disposition,fault_codes,fault_fields,fault_messages,row_text,source_result_id,subject_id,test_code,reported_value,collected_at",
                $"{path},6,REJECTED,ROW_MALFORMED,,\"The row has 1 fields, the header 5.\",ragged,,,,,",
                $"{path},5,HELD,UNKNOWN_TEST; UNKNOWN_SUBJECT,test_code; subject_id,"
                    + "The test is not in the catalogue.; The subject is not registered in the study.,,4,S,ZZZ,4,2020",
                $"{path},7,REJECTED,VALUE_MALFORMED,reported_value,\"4,5 is not a value.\",,5,S,K,\"4,5\",2020",
                $"{path},8,DUPLICATE,UNKNOWN_UNIT,reported_unit,The unit is not one that the catalogue knows for this test.,,6,S,K,4,2020",
                $"{path},9,DUPLICATE,,,,,7,S,K,4,2020",
            ],
            await File.ReadAllLinesAsync(rejects));
    }

    [Fact]
    public void RejectsFile_PutRight_CanBePushedAgain()
    {
        using var file = CsvFile.Open(_folder.Add("a.csv", Header + "1,S,K,4,2020\n"));
        var path = Path.Combine(_folder.Path, "rejects.csv");
        using (var written = new RejectsFile(path, [file]))
        {
            written.Write(new RefusedRow(file, file.Rows().Single(), Disposition.Held, [RefusedRow.Hold(HoldReason.UnknownSubject)]));
            written.Keep();
        }

        using var again = CsvFile.Open(path);
        var row = Assert.Single(new ResultFileReader(again).Read());

        Assert.Equal(("1", "K", "2020"), (row.Result!.SourceResultId, row.Result.TestCode, row.Result.CollectedAt));
    }
}
