using System.CommandLine;
using Grpc.Core;
using LabServer.Cli.Output;

namespace LabServer.Cli;

/// <summary>A command that lists something of a study, page by page: it takes --study, --limit and --format.</summary>
/// <typeparam name="TPage">A page, as the server gives it.</typeparam>
/// <typeparam name="TRow">A row of it.</typeparam>
internal abstract class StudyListCommand<TPage, TRow> : Command
{
    /// <summary>Asks the server for a page of a study: its size, and the token behind which it begins.</summary>
    protected delegate AsyncUnaryCall<TPage> Ask(Connection server, string study, int size, string token, CancellationToken cancellationToken);

    /// <summary>Makes the command.</summary>
    /// <param name="shell">What every command works with.</param>
    /// <param name="name">Its verb.</param>
    /// <param name="description">What it lists.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="ask">Asks for a page.</param>
    /// <param name="rows">The rows of a page.</param>
    /// <param name="next">The token of the next page; empty on the last.</param>
    protected StudyListCommand(
        Shell shell, string name, string description, IReadOnlyList<Column<TRow>> columns, Ask ask, Func<TPage, IEnumerable<TRow>> rows, Func<TPage, string> next)
        : base(name, description)
    {
        var limit = Limits.Option();
        Add(shell.Study);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var study = parsed.GetRequiredValue(shell.Study);
            var listed = Pages.Read(
                (size, token) => ask(server, study, size, token, cancellationToken), rows, next, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, columns, listed, cancellationToken);
            return ExitCode.Done;
        });
    }
}
