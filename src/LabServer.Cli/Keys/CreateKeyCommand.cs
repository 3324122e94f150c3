using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using LabServer.Api.V1;
using LabServer.Cli.Studies;

namespace LabServer.Cli.Keys;

/// <summary><c>labctl keys create NAME</c>.</summary>
internal sealed class CreateKeyCommand : Command
{
    public CreateKeyCommand(Shell shell) : base("create", "Makes a key. It is shown, or written to a file, this once.")
    {
        var name = new Argument<string>("NAME") { Description = "Name of who will call with it; no other key ever has it." };
        var role = Roles.Option();
        var studies = Names("--studies", "Studies to limit it to, with commas between them. Default: all.");
        var laboratories = Names("--laboratories", "Laboratories it sends for, with commas between them. For the role laboratory, and required there.");
        var unblinded = new Option<string[]>("--unblinded-study") { Description = "A study whose arms it sees. Can be given several times.", HelpName = "STUDY" };
        var reason = new Option<string?>("--reason") { Description = "Why. Required with --unblinded-study.", HelpName = "TEXT" };
        var expires = ExpiryOption();
        var output = new Option<string?>("--out") { Description = "A new file for the key, which only you can read. Default: shown.", HelpName = "FILE" };
        Add(name);
        Add(role);
        Add(studies);
        Add(laboratories);
        Add(unblinded);
        Add(reason);
        Add(expires);
        Add(output);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var path = parsed.GetValue(output);
            using var file = path is null ? null : KeyFile.Make(path);
            CreateKeyResponse created;
            try
            {
                created = await server.Access.CreateKeyAsync(
                    new CreateKeyRequest
                    {
                        Name = parsed.GetRequiredValue(name),
                        Role = parsed.GetRequiredValue(role),
                        Studies = { StudyOptions.Parts(parsed.GetValue(studies)) },
                        Laboratories = { StudyOptions.Parts(parsed.GetValue(laboratories)) },
                        UnblindedStudies = { parsed.GetValue(unblinded) ?? [] },
                        Reason = parsed.GetValue(reason) ?? "",
                        ExpiresAt = parsed.GetValue(expires),
                    },
                    cancellationToken: cancellationToken);
            }
            catch when (path is not null)
            {
                File.Delete(path);
                throw;
            }

            if (file is null)
            {
                await shell.Terminal.Output.WriteLineAsync(created.Text);
            }
            else
            {
                KeyFile.Write(file, created.Text);
                await shell.Terminal.Output.WriteLineAsync($"The key of {created.Key.Name} is in {path}.");
            }

            return ExitCode.Done;
        });
    }

    private static Option<string?> Names(string option, string description) => new(option) { Description = description, HelpName = "A,B" };

    private static Option<Timestamp?> ExpiryOption() => new("--expires")
    {
        Description = "From when on it is refused: a date, or a time with Z, in UTC. Default: never.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (DateTimeOffset.TryParseExact(
                text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return Timestamp.FromDateTimeOffset(at);
            }

            result.AddError($"--expires: {text} is no time such as 2027-01-31 or 2027-01-31T12:00Z.");
            return null;
        },
    };
}
