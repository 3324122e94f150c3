using System.Runtime.CompilerServices;
using Grpc.Core;

namespace LabServer.Cli;

/// <summary>Reads a paged listing to its end.</summary>
internal static class Pages
{
    /// <summary>Largest page the server gives.</summary>
    public const int Largest = 1_000;

    /// <summary>The rows of all pages, asked for page by page.</summary>
    /// <param name="ask">Asks for the page of a size and behind a token.</param>
    /// <param name="rows">The rows of a page.</param>
    /// <param name="next">The token of the next page; empty on the last.</param>
    /// <param name="limit">At most this many rows. Null: all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<TRow> Read<TPage, TRow>(
        Func<int, string, AsyncUnaryCall<TPage>> ask,
        Func<TPage, IEnumerable<TRow>> rows,
        Func<TPage, string> next,
        int? limit,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = limit ?? int.MaxValue;
        var token = "";
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await ask(Math.Min(left, Largest), token);
            foreach (var row in rows(page).Take(left))
            {
                yield return row;
                left--;
            }

            token = next(page);
        }
        while (token.Length > 0 && left > 0);
    }
}
