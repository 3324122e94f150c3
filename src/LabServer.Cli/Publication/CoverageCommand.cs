using System.CommandLine;
using System.Text;
using LabServer.Cli.Files;
using LabServer.Core.Grading;

namespace LabServer.Cli.Publication;

/// <summary><c>labctl rule-sets coverage</c>: needs no server.</summary>
internal sealed class CoverageCommand : Command
{
    public CoverageCommand(Shell shell)
        : base("coverage", "Writes which of the rule sets that come with LabServer grades which term, as Markdown, without a server.")
    {
        var target = new Option<string?>("--out") { Description = "File to write to. Default: the terminal.", HelpName = "FILE" };
        Add(target);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var text = new StringWriter();
            RuleSetCoverage.Write(text, RuleSets.All);
            if (parsed.GetValue(target) is not { } name)
            {
                await shell.Terminal.Output.WriteAsync(text.GetStringBuilder(), cancellationToken);
                return ExitCode.Done;
            }

            using var file = NewFile.Beside(name);
            await file.Stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
            file.Keep();
            return ExitCode.Done;
        });
    }
}
