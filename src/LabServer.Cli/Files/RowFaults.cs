using System.Text.Json.Nodes;
using LabServer.Cli.Output;

namespace LabServer.Cli.Files;

/// <summary>How faults of rows are shown: a line each on standard error, and in the same object as the counts in JSON.</summary>
internal static class RowFaults
{
    /// <summary>The faults as JSON.</summary>
    public static JsonArray Json(IEnumerable<RowFault> faults) => new([.. faults.Select(fault => new JsonObject
    {
        ["row"] = fault.Row,
        ["column"] = fault.Column,
        ["code"] = fault.Code,
        ["message"] = fault.Message,
    })]);

    /// <summary>Says on standard error what is wrong with which row of which file.</summary>
    public static void Write(Terminal terminal, string path, IEnumerable<RowFault> faults)
    {
        foreach (var fault in faults)
        {
            var place = fault.Column.Length > 0 ? $", column {fault.Column}" : "";
            terminal.Error.WriteLine($"{path}, row {Cell.Text(fault.Row)}{place}: {fault.Message} ({fault.Code})");
        }
    }
}
