using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Studies;

namespace LabServer.Cli.Summary;

/// <summary>Whom a table counts, for tables that compare nothing: --split-by and --arms.</summary>
internal sealed class PopulationOptions
{
    private readonly Option<string?> _splitBy = new("--split-by")
    {
        Description = "The table also for each value of sex, site or an attribute of the subjects.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _arms = new("--arms") { Description = "Only these arms, in this order.", HelpName = "A,B" };

    /// <summary>Lets a command take the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_splitBy);
        command.Add(_arms);
    }

    /// <summary>What to split by; empty: nothing.</summary>
    public string SplitBy(ParseResult parsed) => parsed.GetValue(_splitBy) ?? "";

    /// <summary>The arms; empty: all.</summary>
    public IEnumerable<string> Arms(ParseResult parsed) => StudyOptions.Parts(parsed.GetValue(_arms));

    /// <summary>The first rule set of a study.</summary>
    public static async Task<string> FirstRuleSet(Connection server, string study, CancellationToken cancellationToken)
    {
        var shown = await server.Studies.GetStudyAsync(new GetStudyRequest { StudyId = study }, cancellationToken: cancellationToken);
        return shown.Study.RuleSets.FirstOrDefault() ?? throw new CommandFailure($"The study {study} has no rule set.");
    }
}
