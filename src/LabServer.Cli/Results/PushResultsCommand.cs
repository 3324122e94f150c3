using System.CommandLine;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Cli.Files;
using LabServer.Cli.Output;

namespace LabServer.Cli.Results;

/// <summary><c>labctl results push FILE…</c>.</summary>
internal sealed class PushResultsCommand : Command
{
    private const int LargestBatch = 5_000;
    private const int MostStreams = 64;

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "SDTM LB, or plain columns named as in the API (source_result_id, subject_id, test_code, reported_value, "
            + "reported_unit, reference_low, reference_high, collected_at, visit, …); .gz is read as it is.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _laboratory = new("--laboratory")
    {
        Description = "The laboratory that sends: the scope in which the id of a result is unique.",
        HelpName = "L",
        Required = true,
    };

    private readonly Option<int> _batchSize = new("--batch-size") { Description = "Results of one batch.", HelpName = "N", DefaultValueFactory = _ => 500 };

    private readonly Option<int> _streams = new("--streams") { Description = "Streams that are open at once.", HelpName = "N", DefaultValueFactory = _ => 2 };

    private readonly Option<string?> _rejects = new("--rejects")
    {
        Description = "File to write every held or rejected row to, as sent, with the reasons.",
        HelpName = "FILE",
    };

    private readonly Shell _shell;

    public PushResultsCommand(Shell shell)
        : base("push", "Sends results from files. Sending again is safe: what is on file is counted as a duplicate.")
    {
        _shell = shell;
        Limits.Between(_batchSize, 1, LargestBatch);
        Limits.Between(_streams, 1, MostStreams);
        Add(_files);
        Add(shell.Study);
        Add(_laboratory);
        Add(_batchSize);
        Add(_streams);
        Add(_rejects);
        Add(shell.Format);
        SetAction(Run);
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var files = new List<CsvFile>();
        try
        {
            // All files are looked at before the first row is sent: a missing column in the last must not leave half a push.
            foreach (var path in parsed.GetRequiredValue(_files))
            {
                files.Add(CsvFile.Open(path));
            }

            var readers = files.Select(file => (file, new ResultFileReader(file))).ToList();
            using var server = _shell.Connect(parsed);
            using var rejects = parsed.GetValue(_rejects) is { } rejectsPath ? new RejectsFile(rejectsPath, files) : null;
            var study = parsed.GetRequiredValue(_shell.Study);
            // A server that is not there, or does not know the study, says so at once and not after a round of attempts.
            await server.Studies.GetStudyAsync(new GetStudyRequest { StudyId = study }, cancellationToken: cancellationToken);

            var push = new ResultsPush(study, parsed.GetRequiredValue(_laboratory), parsed.GetValue(_batchSize), row => rejects?.Write(row));
            var pusher = new ResultPusher(server.Ingestion, new ResultPusherOptions { Streams = parsed.GetValue(_streams) });
            try
            {
                await _shell.Terminal.WithProgress("results", async report =>
                {
                    await pusher.Push(push.Batches(readers), (batch, outcome, _) => Acknowledged(push, files, batch, outcome, report), cancellationToken);
                    return push;
                });
            }
            finally
            {
                // Also when it stopped half-way: what was acknowledged is stored, and its rejects are worth having.
                rejects?.Keep();
                Report(parsed, push);
            }

            return push.Counts.AnyRefused ? ExitCode.RowsRefused : ExitCode.Done;
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private static ValueTask Acknowledged(
        ResultsPush push, List<CsvFile> files, ResultBatch batch, BatchOutcome outcome, Action<double, string> report)
    {
        push.Acknowledged(batch, outcome);
        report(files.Average(file => file.ShareRead), $"{Cell.Text(push.Counts.Rows)} rows");
        return ValueTask.CompletedTask;
    }

    private void Report(ParseResult parsed, ResultsPush push)
    {
        _shell.WriteRecord(parsed, PushCounts.Columns, push.Counts);
        if (push.Reasons.Count > 0)
        {
            var hint = parsed.GetValue(_rejects) is { } path ? $"The rows are in {path}." : "With --rejects FILE the rows are written to a file.";
            _shell.Terminal.Error.WriteLine(
                $"Held or rejected: {string.Join(", ", push.Reasons.Select(reason => $"{reason.Key} {Cell.Text(reason.Value)}"))}. {hint}");
        }
    }
}
