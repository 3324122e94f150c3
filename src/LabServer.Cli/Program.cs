using System.CommandLine;
using LabServer.Cli.AdverseEvents;
using LabServer.Cli.Alerts;
using LabServer.Cli.Audit;
using LabServer.Cli.Backups;
using LabServer.Cli.Catalogue;
using LabServer.Cli.Doses;
using LabServer.Cli.Export;
using LabServer.Cli.Grading;
using LabServer.Cli.Health;
using LabServer.Cli.Jobs;
using LabServer.Cli.Keys;
using LabServer.Cli.Output;
using LabServer.Cli.Publication;
using LabServer.Cli.Ranges;
using LabServer.Cli.Reports;
using LabServer.Cli.Results;
using LabServer.Cli.SampleTrial;
using LabServer.Cli.Studies;
using LabServer.Cli.Subjects;
using LabServer.Cli.Summary;

namespace LabServer.Cli;

/// <summary>The table of contents of labctl.</summary>
internal static class Labctl
{
    private static async Task<int> Main(string[] args)
    {
        using var terminal = Terminal.OfProcess();
        return await Run(args, terminal, Environment.GetEnvironmentVariable, CancellationToken.None);
    }

    /// <summary>Every command.</summary>
    public static RootCommand Commands(Shell shell) =>
        new("Studies, subjects, laboratory results, their grades and tables, on a LabServer.")
        {
            shell.Global.Server,
            shell.Global.ApiKeyFile,
            shell.Global.CaFile,
            shell.Global.ClientCertificate,
            shell.Global.ClientKey,
            new Command("studies", "Studies, their arms and rule sets.")
            {
                new CreateStudyCommand(shell), new ListStudiesCommand(shell), new ShowStudyCommand(shell), new AddRuleSetsCommand(shell),
                new SetStudyCommand(shell), new SetVisitsCommand(shell),
            },
            new Command("subjects", "Subjects of a study.")
            {
                new ImportSubjectsCommand(shell), new ListSubjectsCommand(shell), new UnblindSubjectCommand(shell),
            },
            new Command("doses", "Dose records of subjects.") { new ImportDosesCommand(shell), new ListDosesCommand(shell) },
            new Command("catalogue", "Tests, with the codes and units that laboratories may send.")
            {
                new ListTestsCommand(shell), new AddAliasCommand(shell), new AddUnitCommand(shell),
            },
            new Command("ranges", "Laboratories' own ranges, for results that come without one.")
            {
                new ImportRangesCommand(shell), new ApplyRangesCommand(shell), new ListRangesCommand(shell),
                new ListRangeVersionsCommand(shell), new ListOutdatedRangesCommand(shell),
            },
            new Command("results", "Laboratory results, as sent.")
            {
                new PushResultsCommand(shell), new ListResultsCommand(shell), new ListHeldResultsCommand(shell),
                new ListRejectedResultsCommand(shell), new ListFlaggedResultsCommand(shell), new ShowResultCommand(shell),
            },
            new Command("grading", "Grades, and the rules behind them.")
            {
                new RunGradingCommand(shell), new EvaluateCommand(shell), new ExplainCommand(shell), new CompareCommand(shell),
                new ListRuleSetsCommand(shell, "rule-sets"),
            },
            new Command("rule-sets", "Rule sets: those that come with the server, and your own.")
            {
                new ListRuleSetsCommand(shell, "list"), new ShowRuleSetCommand(shell), new PublishRuleSetCommand(shell), new ValidateRuleSetCommand(shell),
                new CoverageCommand(shell),
            },
            new Command("adverse-events", "Adverse events: found by grading, or reported.")
            {
                new ListAdverseEventsCommand(shell), new ShowAdverseEventCommand(shell), new WatchAdverseEventsCommand(shell),
                new ReviewAdverseEventCommand(shell), new ReportAdverseEventCommand(shell), new AmendReportedEventCommand(shell),
                new WithdrawReportedEventCommand(shell), new ImportAdverseEventsCommand(shell), new HysLawCommand(shell),
            },
            new Command("alerts", "Events of grade 3 or more and critical values that somebody must look at.")
            {
                new ListAlertsCommand(shell), new AcknowledgeAlertCommand(shell),
            },
            new Command("summary", "Tables by arm, and profiles of subjects.")
            {
                new SummarizeAdverseEventsCommand(shell), new SummarizeBiomarkersCommand(shell), new SummarizeOutcomesCommand(shell),
                new SummarizeCategoriesCommand(shell),
                new SummarizeShiftsCommand(shell), new SummarizeLiverCommand(shell), new ProfileCommand(shell),
            },
            Group("export", "Datasets as files.", ExportCommand.All(shell)),
            new Command("reports", "Safety reports: made nightly, or by jobs run report.")
            {
                new ListReportsCommand(shell), new GetReportCommand(shell), new VerifyReportCommand(shell),
            },
            new Command("jobs", "Scheduled jobs and their runs.")
            {
                new ListJobsCommand(shell), new RunJobCommand(shell), new WatchJobCommand(shell), new JobHistoryCommand(shell),
            },
            new Command("audit", "The audit trail: who changed what, when and why, and whether it is as it was written.")
            {
                new ListAuditCommand(shell), new VerifyAuditCommand(shell), new ExportAuditCommand(shell), new AnchorCommand(shell),
            },
            new Command("backup", "Backups of the whole server.") { new CreateBackupCommand(shell), new ListBackupsCommand(shell) },
            new VerifyCommand(shell),
            new RestoreCommand(shell),
            new Command("keys", "Who may call the server.")
            {
                new CreateKeyCommand(shell), new ListKeysCommand(shell), new RevokeKeyCommand(shell), new WhoAmICommand(shell),
            },
            new HealthCommand(shell),
            new SampleTrialCommand(shell),
        };

    private static Command Group(string name, string description, IEnumerable<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Add(command);
        }

        return group;
    }

    /// <summary>Runs one command line, and says on the terminal what went wrong.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(
        IReadOnlyList<string> args, Terminal terminal, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var shell = new Shell(terminal, environment);
        var parsed = Commands(shell).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await terminal.Error.WriteLineAsync($"labctl: {string.Join(' ', parsed.Errors.Select(error => error.Message))} Try --help.");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Output, Error = terminal.Error },
                cancellationToken);
        }
#pragma warning disable CA1031 // The last place where a failure can still become a sentence and an exit code.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            var (exitCode, message) = Failures.Describe(fault, () => shell.Global.ServerOf(parsed).ToString().TrimEnd('/'));
            await terminal.Error.WriteLineAsync($"labctl: {message}");
            return exitCode;
        }
        finally
        {
            await terminal.Output.FlushAsync(CancellationToken.None);
        }
    }
}
