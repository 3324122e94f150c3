using FsCheck;
using FsCheck.Fluent;
using LabServer.Core.Tests.Support;
using LabServer.Core.Tests.Support.Tds;

namespace LabServer.Core.Tests.Storage;

/// <summary>A batch that is stored at once, as on SQL Server, leaves and answers what it does when stored result by result.</summary>
public sealed class ResultsAtOnceTests : IAsyncLifetime
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(150);

    // Few ids, versions and contents, so that they meet again and again: in a batch, in a transaction and on file.
    private static readonly Gen<LabResult> Results =
        from number in Gen.Choose(1, 8)
        from version in Gen.Frequency((6, Gen.Constant(1L)), (3, Gen.Constant(2L)), (1, Gen.Constant(3L)), (1, Gen.Constant(0L)))
        from value in Gen.Frequency((5, Gen.Elements("30", "31")), (1, Gen.Elements("1,5", "", "<0.5", "QNS")))
        from subject in Gen.Frequency((5, Gen.Constant("01")), (2, Gen.Constant("99")), (1, Gen.Constant("")))
        from date in Gen.Frequency((6, Gen.Constant("2021-03-02")), (1, Gen.Elements("2021-13-02", "2029-01-01")))
        select Result(number, version, value, subject, date);

    private static readonly Gen<(string Laboratory, string Sender, IReadOnlyList<LabResult> Results)> Batches =
        from laboratory in Gen.Frequency((3, Gen.Constant("CENTRAL")), (1, Gen.Constant("LOCAL")))
        from sender in Gen.Frequency((3, Gen.Constant("one")), (1, Gen.Constant("other")))
        from results in Results.ListOf()
        select (laboratory, sender, (IReadOnlyList<LabResult>)[.. results]);

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, from batches in Batches.ListOf() from fails in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true))) select (Step)new Step.Send([.. batches], fails)),
        (1, Gen.Constant((Step)new Step.Register("99"))));

    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;

    private string Prepared => Path.Combine(_folder, "prepared.db");

    public Task InitializeAsync() => IngestionTwin.Prepare(Prepared);

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public void Append_AnythingInAnyOrder_IsTheSameBothWays() =>
        Check.One(Config, Prop.ForAll(Steps.NonEmptyListOf().ToArbitrary(), steps => AreTheSame([.. steps], Open("at-once.db", atOnce: true))));

    [SqlClientFact]
    public void Append_AnythingByWayOfSqlClient_IsTheSameToo() =>
        Check.One(Config.WithMaxTest(40), Prop.ForAll(Steps.NonEmptyListOf().ToArbitrary(), steps => AreTheSame([.. steps], OpenBehindProtocol("behind.db"))));

    [Fact]
    public async Task Append_EverythingThatCanBecomeOfAResult_IsTheSameBothWays()
    {
        var first = Result(1, 1, "30", "01", "2021-03-02");
        var batch = new[]
        {
            first, first, first with { ReportedValue = "31" }, first with { ReportedValue = "31" }, Result(2, 2, "30", "01", "2021-03-02"),
            Result(2, 1, "29", "01", "2021-03-02"), Result(2, 3, "33", "99", "2021-03-02"), Result(3, 1, "30", "99", "2021-03-02"),
            Result(3, 1, "30", "99", "2021-03-02"), Result(4, 1, "1,5", "01", "2021-03-02"), Result(4, 1, "1,5", "01", "2021-03-02"),
            first with { SourceResultId = new string('ü', 150), ReportedValue = "1,5" }, Result(1, 2, "32", "01", "2021-03-02"),
        };

        var (each, atOnce) = (Open("each.db", atOnce: false), Open("at-once.db", atOnce: true));
        var answers = await each.Append([("CENTRAL", "one", batch), ("CENTRAL", "other", batch)], fails: false);

        Assert.Equal(
            [
                "Accepted/None", "Duplicate/None", "Rejected/None", "Duplicate/Rejected", "Accepted/None", "Accepted/None", "Held/None", "Held/None",
                "Duplicate/Held", "Rejected/None", "Duplicate/Rejected", "Rejected/None", "Amended/None",
            ],
            answers.Take(batch.Length).Select(answer => string.Join('/', answer.Split('/').Take(2))));
        Assert.Equal(answers, await atOnce.Append([("CENTRAL", "one", batch), ("CENTRAL", "other", batch)], fails: false));
        Assert.Equal(await each.Close(), await atOnce.Close());
    }

    [Fact]
    public async Task Dump_OfOneResultMore_Differs()
    {
        var (one, other) = (Open("one.db", atOnce: true), Open("other.db", atOnce: true));
        await one.Append([("CENTRAL", "one", [Result(1, 1, "30", "01", "2021-03-02")])], fails: false);

        Assert.NotEqual(await one.Close(), await other.Close());
    }

    private static LabResult Result(int number, long version, string value, string subject, string date) => TestStudy.Alt($"r{number}", value, date, subject, version) with
    {
        // The test belongs to the id: what is held for its test or unit is so in every version.
        TestCode = number == 5 ? "NOSUCH" : number == 6 ? "AST" : "ALT",
        ReportedUnit = number == 7 ? "furlong" : "U/L",
        SourceResultId = number == 8 ? "" : $"r{number}",
    };

    private IngestionTwin Open(string name, bool atOnce) => IngestionTwin.Open(Prepared, Path.Combine(_folder, name), atOnce);

    private IngestionTwin OpenBehindProtocol(string name) => IngestionTwin.OpenBehindProtocol(Prepared, Path.Combine(_folder, name));

    private async Task<bool> AreTheSame(IReadOnlyList<Step> steps, IngestionTwin atOnce)
    {
        var each = Open("each.db", atOnce: false);
        try
        {
            foreach (var step in steps)
            {
                Assert.Equal(await Do(each, step), await Do(atOnce, step));
            }

            Assert.Equal(await each.Close(), await atOnce.Close());
            return true;
        }
        finally
        {
            await each.DisposeAsync();
            await atOnce.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<string>> Do(IngestionTwin twin, Step step)
    {
        if (step is Step.Send send)
        {
            return await twin.Append(send.Batches, send.Fails);
        }

        await twin.Register(((Step.Register)step).SubjectId);
        return [];
    }

    private abstract record Step
    {
        internal sealed record Send(IReadOnlyList<(string Laboratory, string Sender, IReadOnlyList<LabResult> Results)> Batches, bool Fails) : Step;

        internal sealed record Register(string SubjectId) : Step;
    }
}
