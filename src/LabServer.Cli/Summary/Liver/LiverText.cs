using System.Globalization;
using LabServer.Api.V1;
using LabServer.Cli.Output;
using Spectre.Console;

namespace LabServer.Cli.Summary;

/// <summary>Liver safety for people: subjects by quadrant, and those over a bound, also where the other test is missing.</summary>
internal static class LiverText
{
    // Rounded for reading; CSV and JSON have every digit. A peak that may be more has its sign.
    private static readonly IReadOnlyList<Column<LiverSubject>> Shown =
    [
        new("subject_id", subject => subject.SubjectId),
        new("arm", subject => subject.Arm),
        new("quadrant", subject => LiverColumns.Word(subject.Quadrant)),
        new("peak_ALT_or_AST_x_ULN", subject => $"{subject.Transaminase.Test} {Uln(subject.Transaminase)}"),
        new("on", subject => subject.Transaminase.CollectedAt),
        new("x_baseline", subject => Round(LiverColumns.OfBaseline(subject.Transaminase))),
        new("peak_bilirubin_x_ULN", subject => Uln(subject.Bilirubin)),
        new("on", subject => subject.Bilirubin.CollectedAt),
        new("x_baseline", subject => Round(LiverColumns.OfBaseline(subject.Bilirubin))),
        new("ALP_x_ULN", subject => Round(subject.HasAlpTimesUpperLimit ? subject.AlpTimesUpperLimit : null)),
        new("Hy's_law_candidate", subject => subject.HysLawCandidate ? $"yes, ALP under 2: {YesNoText.Word(subject.AlpUnderTwice)}" : ""),
    ];

    /// <summary>Writes the tables.</summary>
    public static void Write(Terminal terminal, SummarizeLiverSafetyResponse summary)
    {
        terminal.Output.WriteLine(
            $"Liver safety of {summary.StudyId} from the first dose on: subjects, n (%); bounds ALT or AST {Cell.Text(summary.TransaminaseBound)} × ULN, bilirubin {Cell.Text(summary.BilirubinBound)} × ULN");
        Write(terminal, [.. summary.Arms, summary.Total]);
        foreach (var stratum in summary.Strata)
        {
            terminal.Output.WriteLine($"Stratum: {(stratum.Stratum.Length > 0 ? stratum.Stratum : "(none)")}");
            Write(terminal, [.. stratum.Arms, stratum.Total]);
        }

        foreach (var reason in summary.Total.NotMeasurableReasons)
        {
            terminal.Output.WriteLine($"No ratio of {reason.Test}, {reason.Reason}: {Cell.Text(reason.Subjects)} subjects");
        }

        var shown = summary.Subjects.Where(subject => subject.OverBound || subject.HysLawCandidate).ToList();
        if (shown.Count > 0)
        {
            terminal.Output.WriteLine("Subjects over a bound:");
            var writer = new TableRowWriter<LiverSubject>(Shown, terminal);
            shown.ForEach(writer.Write);
            writer.Complete();
        }

        terminal.Output.WriteLine($"Bounds: {summary.Source}");
    }

    private static void Write(Terminal terminal, IReadOnlyList<LiverCounts> arms)
    {
        var table = terminal.NewTable().AddColumn("quadrant");
        foreach (var arm in arms)
        {
            table.AddColumn(new TableColumn(new Text($"{(arm == arms[^1] ? "Total" : arm.Arm)}\nN = {Cell.Text(arm.Subjects)}")).RightAligned());
        }

        Row("normal", arm => arm.Normal);
        Row("Temple's corollary", arm => arm.Temple);
        Row("cholestasis", arm => arm.Cholestasis);
        Row("Hy's law range", arm => arm.HysLaw);
        Row("not measurable", arm => arm.NotMeasurable);
        Row("... with the other over its bound", arm => arm.NotMeasurableOverBound);
        Row("Hy's law candidates", arm => arm.Candidates);
        Row("... with ALP under 2 × ULN", arm => arm.CandidatesAlpUnderTwice);
        terminal.Write(table);

        void Row(string name, Func<LiverCounts, int> count) =>
            table.AddRow(arms.Select(arm => Share(count(arm), arm.Subjects)).Prepend(new Text(name)));
    }

    private static string Uln(LiverPeak peak) => peak.HasTimesUpperLimit ? (peak.AtLeast ? ">= " : "") + Round(peak.TimesUpperLimit) : peak.Reason;

    private static string Round(double? times) => times?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    private static Text Share(int subjects, int of) => new(
        subjects == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{subjects} ({100m * subjects / of:0.0})"));
}
