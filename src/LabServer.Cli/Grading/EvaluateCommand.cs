using System.CommandLine;
using System.Text;
using LabServer.Cli.Files;
using LabServer.Cli.Output;
using LabServer.Core.Grading;

namespace LabServer.Cli.Grading;

/// <summary><c>labctl grading evaluate FILE</c>: needs no server.</summary>
internal sealed class EvaluateCommand : Command
{
    public EvaluateCommand(Shell shell)
        : base("evaluate", "Grades the rows of a file under a rule set, without a server: a conformance tool.")
    {
        var path = new Argument<string>("FILE")
        {
            Description = "Columns id,term,value and as far as known unit,lln,uln,baseline,baseline_lln,baseline_uln,sex,birth_date,collected_on,on_anticoagulation,hiv_infected.",
        };
        var ruleSet = new Option<string>("--rule-set") { Description = "Rule set, for instance ctcae-5.0.", HelpName = "R", Required = true };
        var target = new Option<string?>("--out") { Description = "File to write id,term,direction,grade,reason to. Default: standard output.", HelpName = "FILE" };
        Add(path);
        Add(ruleSet);
        Add(target);
        SetAction(async (parsed, cancellationToken) =>
        {
            var evaluation = new Evaluation(RuleSetOf(parsed.GetRequiredValue(ruleSet)));
            using var file = CsvFile.Open(parsed.GetRequiredValue(path));
            var reader = new EvaluationRowReader(file);
            if (shell.Terminal.Interactive && parsed.GetValue(target) is null)
            {
                // The rows are on the screen: they show how far it is.
                return Evaluate(shell, file, reader, evaluation, shell.Terminal.Output, static (_, _) => { }, cancellationToken);
            }

            return await shell.Terminal.WithProgress("evaluate", report => Task.Run(
                () =>
                {
                    if (parsed.GetValue(target) is not { } name)
                    {
                        return Evaluate(shell, file, reader, evaluation, shell.Terminal.Output, report, cancellationToken);
                    }

                    using var written = NewFile.Beside(name);
                    int exitCode;
                    using (var text = new StreamWriter(written.Stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true))
                    {
                        exitCode = Evaluate(shell, file, reader, evaluation, text, report, cancellationToken);
                    }

                    written.Keep();
                    return exitCode;
                },
                cancellationToken));
        });
    }

    private static RuleSet RuleSetOf(string id) => RuleSets.Find(id)
        ?? throw new UsageException($"--rule-set: there is no rule set {id}; there are {string.Join(", ", RuleSetReference.Display(RuleSets.All))}.");

    private static int Evaluate(
        Shell shell, CsvFile file, EvaluationRowReader reader, Evaluation evaluation, TextWriter output,
        Action<double, string> report, CancellationToken cancellationToken)
    {
        const int ReportEvery = 10_000;
        var (rows, faulty) = (0L, 0L);
        output.Write("id,term,direction,grade,reason\n");
        foreach (var row in file.Rows())
        {
            EvaluationResult answer;
            if (row.Fault is null)
            {
                answer = evaluation.Evaluate(reader.Read(row));
            }
            else
            {
                // A row for a row: who joins both files by place is not put off by one.
                faulty++;
                answer = new EvaluationResult(reader.Read(row).Id ?? "", "", "", "", "ROW_MALFORMED");
                shell.Terminal.Error.WriteLine($"{file.Path}, row {Cell.Text(row.Line)}: {row.Fault}");
            }

            Write(output, answer);
            if (++rows % ReportEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                report(file.ShareRead, $"{Cell.Text(rows)} rows");
            }
        }

        output.Flush();
        return faulty > 0 ? ExitCode.RowsRefused : ExitCode.Done;
    }

    private static void Write(TextWriter output, in EvaluationResult answer)
    {
        CsvText.WriteFieldAsIs(output, answer.Id);
        output.Write(',');
        CsvText.WriteFieldAsIs(output, answer.Term);
        output.Write(',');
        output.Write(answer.Direction);
        output.Write(',');
        output.Write(answer.Grade);
        output.Write(',');
        CsvText.WriteFieldAsIs(output, answer.Reason);
        output.Write('\n');
    }
}
