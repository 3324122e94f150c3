using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Ranges;

/// <summary>Sends the ranges of a file as one version, or, when a row cannot be read, has the others checked alone.</summary>
internal static class RangeImport
{
    /// <summary>Sends them and gives every fault by row; where there is one, nothing was stored.</summary>
    /// <param name="server">The server.</param>
    /// <param name="request">All but the ranges.</param>
    /// <param name="rows">The rows of the file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<(ImportReferenceRangesResponse Answer, IReadOnlyList<RowFault> Faults)> Send(
        Connection server, ImportReferenceRangesRequest request, IReadOnlyList<RangeRow> rows, CancellationToken cancellationToken)
    {
        var sent = rows.Where(row => row.Faults.Count == 0).ToList();
        var faults = rows.SelectMany(row => row.Faults).ToList();
        if (sent.Count == 0 && faults.Count > 0)
        {
            return (new ImportReferenceRangesResponse(), faults);
        }

        request.ValidateOnly = faults.Count > 0;
        request.Ranges.AddRange(sent.Select(row => row.Range));
        var answer = await server.Ranges.ImportReferenceRangesAsync(request, cancellationToken: cancellationToken);
        faults.AddRange(answer.Faults.Select(fault => new RowFault(
            sent[fault.Position].Line,
            fault.Fault.Field,
            fault.Fault.Code,
            fault.HasOtherPosition
                ? $"{fault.Fault.Message} The other is row {Output.Cell.Text(sent[fault.OtherPosition].Line)}."
                : fault.Fault.Message)));
        return (answer, [.. faults.OrderBy(fault => fault.Row)]);
    }
}
