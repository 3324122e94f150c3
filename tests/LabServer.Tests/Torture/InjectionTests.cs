using System.Globalization;
using System.Text;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Access;
using LabServer.Tests.Cli;
using LabServer.Tests.Reports;
using LabServer.Tests.Support;
using Trial = LabServer.Tests.Support.Trial;

namespace LabServer.Tests.Torture;

/// <summary>Texts that would do harm where they were taken for anything but texts, in every text field of every RPC that writes.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class InjectionTests(UnlimitedServer unlimited) : IClassFixture<UnlimitedServer>
{
    private readonly ServerFixture _server = unlimited.Server;

    private const string Study = "INJECTED";
    private const int PerReport = 70;

    [Fact]
    public async Task Texts_InEveryFieldThatIsWritten_AreKeptAsTheyAreOrRefusedByName()
    {
        var perField = Battery.Size(4, 500);
        await Load(subjects: 5 * perField);
        var cases = new InjectedRequests(Study, (await _server.AdverseEvents.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = Study })).Events[0].EventId,
            [.. (await _server.Alerts.ListAlertsAsync(new ListAlertsRequest { StudyId = Study, PageSize = 1000 })).Alerts.Select(alert => alert.AlertId)]);
        var all = Rpc.All(_server).ToDictionary(rpc => rpc.Name);
        var (kept, refused, fields, number) = (new List<(string Where, string Text)>(), 0, 0, 0);
        // reported_by is the server's to fill in.
        foreach (var (name, make) in cases.All)
        {
            // Good but for the text, or what is refused below says nothing of it.
            var good = await all[name].Call(_server, _server.AdminKey, make(number++));
            Assert.True(good.Code == StatusCode.OK || name == "AddRuleSets", $"{name}: {good.Text}");
            foreach (var (path, _) in TextFields.Of(make(0)).Where(field => !field.Path.EndsWith(".reported_by", StringComparison.Ordinal)).ToList())
            {
                fields++;
                for (var i = 0; i < perField; i++)
                {
                    var text = Injections.Of(number);
                    var request = make(number++);
                    TextFields.Of(request).First(field => field.Path == path).Set(request, text);
                    var where = $"{name} {path} '{text}'";
                    var outcome = await all[name].Call(_server, _server.AdminKey, request);
                    var said = Said(outcome);
                    if (outcome.Code != StatusCode.OK)
                    {
                        Assert.True(
                            outcome.Code is StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.AlreadyExists or StatusCode.FailedPrecondition or StatusCode.Aborted
                            && outcome.Reason.Length > 0, $"{where}: {outcome.Code} {outcome.Reason} {outcome.Message}");
                        Assert.True(outcome.Code != StatusCode.InvalidArgument || said.Contains(LastName(path), StringComparison.Ordinal), $"{where}: {said}");
                        refused++;
                    }
                    else if (name != "SubmitResults" && said.Contains(LastName(path), StringComparison.Ordinal))
                    {
                        // A row of an import, refused with its field; a rejected result is on file all the same.
                        refused++;
                    }
                    else
                    {
                        kept.Add((where, text));
                    }
                }
            }
        }

        var there = await Everything();
        var lost = kept.Where(entry => !there.Contains(entry.Text)).Select(entry => entry.Where).ToList();
        Assert.True(lost.Count == 0, $"{lost.Count} of {kept.Count} are not read back:\n{string.Join('\n', lost.Take(20))}");
        Assert.True(kept.Count > fields && refused > fields, $"{kept.Count} kept, {refused} refused of {fields} fields");
        Battery.Report("injection strings", $"{perField} texts in each of {fields} text fields of {cases.All.Count} RPCs: {kept.Count} read back as sent, {refused} refused by name");
    }

    [Fact]
    public async Task Texts_InReportsAndTables_AreShownAndNotRun()
    {
        // A study for so many: the page of a report shows the first rows of a long listing alone.
        var (all, taken, html, cells) = (Battery.Size(PerReport, 500), 0, 0, 0);
        for (var first = 0; first < all; first += PerReport)
        {
            var texts = Enumerable.Range(first, PerReport).Select(Injections.Of).Where(text => text.Length < 60).ToList();
            var shown = await Show($"SHOWN-{first}", texts);
            (taken, html, cells) = (taken + shown.Taken, html + shown.Html, cells + shown.Cells);
        }

        Assert.True(cells > 1_000, $"{cells} cells");
        Battery.Report("injection strings, outputs", $"{taken} texts as subjects, visits and terms: {html} characters of HTML without a tag of theirs, {cells} CSV cells without a formula");
    }

    private async Task<(int Taken, int Html, int Cells)> Show(string study, List<string> texts)
    {
        await Create(study);
        var subjects = await _server.Studies.ImportSubjectsAsync(new ImportSubjectsRequest
        {
            StudyId = study,
            Subjects = { texts.Select((text, i) => new Subject { SubjectId = text, Arm = "A", Sex = Sex.Male, FirstDoseAt = "2021-03-01", SiteId = texts[^(i + 1)] }) },
        });
        var taken = texts.Where((_, i) => subjects.Dispositions[i] == SubjectDisposition.Created).ToList();
        await _server.Ingestion.SubmitResultsAsync(new SubmitResultsRequest
        {
            StudyId = study,
            Laboratory = "L",
            Results = { taken.Select((text, i) => With(Trial.Alt(FormattableString.Invariant($"{i}"), "900", subject: text), text)) },
        });
        await _server.AdverseEvents.ReportAdverseEventAsync(new ReportAdverseEventRequest
        {
            StudyId = study,
            Reports = { taken.Select((text, i) => new EventReport { ReportId = $"R{i}", SubjectId = text, ReportedTerm = text, SystemOrganClass = text, Onset = "2021-03-08", Grade = 3, Comment = text }) },
        });
        await ReportedTrial.MakeReport(_server, study, graded: true);

        var (html, cells) = ("", 0);
        var report = await _server.Reports.GetReportAsync(new GetReportRequest { StudyId = study });
        foreach (var file in report.Files)
        {
            using var call = _server.Reports.DownloadReport(new DownloadReportRequest { StudyId = study, ReportId = report.Report.ReportId, File = file.Name });
            var text = new StringBuilder();
            await foreach (var part in call.ResponseStream.ReadAllAsync())
            {
                text.Append(part.Content.ToStringUtf8());
            }

            html += file.Name.EndsWith(".html", StringComparison.Ordinal) ? text.ToString() : "";
            cells += file.Name.EndsWith(".csv", StringComparison.Ordinal) ? Inert(text.ToString()) : 0;
        }

        foreach (var table in new[] { "subjects list", "results list", "adverse-events list" })
        {
            var called = await LabctlCall.Run([.. table.Split(' '), "--study", study, "--format", "csv", "--server", _server.GrpcAddress.ToString()]);
            Assert.Equal(0, called.ExitCode);
            cells += Inert(called.Output);
        }

        foreach (var dataset in new[] { Dataset.Lb, Dataset.Ae, Dataset.Adlb, Dataset.Adae })
        {
            var text = new StringBuilder();
            using var call = _server.Summaries.ExportDataset(new ExportDatasetRequest { StudyId = study, RuleSetId = "ctcae-5.0", Dataset = dataset, Format = DatasetFormat.Csv });
            await foreach (var part in call.ResponseStream.ReadAllAsync())
            {
                text.Append(part.Content.ToStringUtf8());
            }

            cells += Inert(text.ToString());
        }

        Assert.Contains(taken, text => text.Contains('<', StringComparison.Ordinal) && html.Contains(
            text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(taken.Where(text => text.Contains('<', StringComparison.Ordinal)), text => Assert.DoesNotContain(text, html, StringComparison.Ordinal));
        Assert.DoesNotContain("onerror=alert(1)>", html, StringComparison.Ordinal);
        return (taken.Count, html.Length, cells);

        static LabResult With(LabResult result, string visit)
        {
            result.Visit = visit;
            return result;
        }
    }

    // Cells that a spreadsheet would run; numbers, and texts of signs alone, are none.
    private static int Inert(string csv)
    {
        using var reader = new StringReader(csv);
        var cells = CsvText.Records(reader).SelectMany(record => record).ToList();
        Assert.All(cells, cell => Assert.True(
            !"=+-@＝＋－＠".Contains(cell.TrimStart(' ', '"').FirstOrDefault('x'), StringComparison.Ordinal) || double.TryParse(cell, out _) || cell.All(c => c is '+' or '-'), cell));
        return cells.Count;
    }

    private static string LastName(string path) => path.EndsWith(".key", StringComparison.Ordinal) ? path.Split('.')[^2] : path.Split('.')[^1];

    private static string Said(Outcome outcome) =>
        $"{outcome.Message} {outcome.Details} {string.Join(' ', outcome.Messages.Select(Encoding.UTF8.GetString))}";

    private async Task Create(string study) => await _server.Studies.CreateStudyAsync(
        new CreateStudyRequest { Study = new Study { StudyId = study, RuleSets = { "ctcae-5.0" }, Arms = { "A", "B" } } });

    private async Task Load(int subjects)
    {
        await Create(Study);
        await _server.Studies.ImportSubjectsAsync(new ImportSubjectsRequest { StudyId = Study, Subjects = { Ids().Select(id => new Subject { SubjectId = id, Arm = "A", Sex = Sex.Male, FirstDoseAt = "2021-03-01" }) } });
        await _server.Ingestion.SubmitResultsAsync(new SubmitResultsRequest { StudyId = Study, Laboratory = "L", Results = { Ids().Select(id => Trial.Alt($"first {id}", "900", subject: id)) } });
        await ReportedTrial.MakeReport(_server, Study, graded: true);

        IEnumerable<string> Ids() => Enumerable.Range(1, subjects).Select(number => number.ToString("00", CultureInfo.InvariantCulture));
    }

    // All texts that any list gives, and those in the audit trail.
    private async Task<HashSet<string>> Everything()
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var all = Rpc.All(_server);
        foreach (var name in new[] { "ListAuditEntries", "ListStudies", "ListSubjects", "ListDoses", "ListResults", "ListHeldResults", "ListRejectedResults", "ListAdverseEvents", "ListAlerts", "ListReferenceRanges", "ListKeys", "ListTests" })
        {
            var rpc = all.Single(rpc => rpc.Name == name);
            var request = rpc.Request();
            rpc.Method.InputType.FindFieldByName("page_size")?.Accessor.SetValue(request, 1000);
            if (name != "ListAuditEntries")
            {
                rpc.Method.InputType.FindFieldByName("study_id")?.Accessor.SetValue(request, Study);
            }

            string token;
            do
            {
                var page = rpc.Method.OutputType.Parser.ParseFrom((await rpc.Call(_server, _server.AdminKey, request)).Messages.Single());
                texts.UnionWith(TextFields.In(page));
                token = (string?)rpc.Method.OutputType.FindFieldByName("next_page_token")?.Accessor.GetValue(page) ?? "";
                rpc.Method.InputType.FindFieldByName("page_token")?.Accessor.SetValue(request, token);
            }
            while (token.Length > 0);
        }

        return texts;
    }
}
