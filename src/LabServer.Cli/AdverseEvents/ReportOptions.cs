using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.AdverseEvents;

/// <summary>The options that make up a report of a clinical event.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string?> _subject = new("--subject") { Description = "Subject (USUBJID)." };
    private readonly Option<string?> _term = new("--term") { Description = "What happened, in the reporter's words (AETERM).", HelpName = "TEXT" };
    private readonly Option<string?> _coded = new("--coded-term") { Description = "Term by a dictionary (AEDECOD).", HelpName = "TEXT" };
    private readonly Option<string?> _soc = new("--soc") { Description = "System organ class (AEBODSYS).", HelpName = "TEXT" };
    private readonly Option<string?> _onset = new("--onset") { Description = "Start, ISO 8601, may be partial (AESTDTC).", HelpName = "DATE" };
    private readonly Option<string?> _end = new("--end") { Description = "End, ISO 8601, may be partial (AEENDTC). Default: ongoing.", HelpName = "DATE" };
    private readonly Option<int> _grade = new("--grade") { Description = "Grade, 1 to 5 (AETOXGR).", HelpName = "N" };
    private readonly Option<Relatedness> _relatedness = EventOptions.Relatedness();
    private readonly Option<YesNo> _serious = EventOptions.Serious();
    private readonly Option<EventOutcome> _outcome = EventOptions.Outcome();
    private readonly Option<string?> _comment = EventOptions.Comment();

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="required">Whether what a report must have must be said.</param>
    public void AddTo(Command command, bool required)
    {
        Limits.Between(_grade, 1, 5);
        if (required)
        {
            command.Add(_subject);
        }

        (_subject.Required, _term.Required, _soc.Required, _onset.Required, _grade.Required) = (required, required, required, required, required);
        foreach (var option in new Option[] { _term, _coded, _soc, _onset, _end, _grade, _relatedness, _serious, _outcome, _comment })
        {
            command.Add(option);
        }
    }

    /// <summary>Puts what was said on the command line into a report; what was not said stays.</summary>
    public void Fill(ParseResult parsed, EventReport report)
    {
        report.SubjectId = parsed.GetValue(_subject) ?? report.SubjectId;
        report.ReportedTerm = parsed.GetValue(_term) ?? report.ReportedTerm;
        report.CodedTerm = parsed.GetValue(_coded) ?? report.CodedTerm;
        report.SystemOrganClass = parsed.GetValue(_soc) ?? report.SystemOrganClass;
        report.Onset = parsed.GetValue(_onset) ?? report.Onset;
        report.End = parsed.GetValue(_end) ?? report.End;
        report.Grade = parsed.GetResult(_grade) is null ? report.Grade : parsed.GetValue(_grade);
        report.Relatedness = parsed.GetResult(_relatedness) is null ? report.Relatedness : parsed.GetValue(_relatedness);
        report.Serious = parsed.GetResult(_serious) is null ? report.Serious : parsed.GetValue(_serious);
        report.Outcome = parsed.GetResult(_outcome) is null ? report.Outcome : parsed.GetValue(_outcome);
        report.Comment = parsed.GetValue(_comment) ?? report.Comment;
    }
}
