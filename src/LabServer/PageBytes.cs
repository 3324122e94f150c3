using Google.Protobuf;

namespace LabServer;

/// <summary>
/// Ends a page by its bytes: rows with long comments or histories would else outgrow the message that a client takes,
/// which is 4 MB unless it was told otherwise.
/// </summary>
internal static class PageBytes
{
    public const int Maximum = 2 * 1024 * 1024;

    /// <summary>As many rows from the first on as fit into a page, and one in any case.</summary>
    public static List<T> Fitting<T>(IEnumerable<T> rows)
        where T : IMessage
    {
        var page = new List<T>();
        var bytes = 0;
        foreach (var row in rows)
        {
            bytes += row.CalculateSize();
            if (bytes > Maximum && page.Count > 0)
            {
                break;
            }

            page.Add(row);
        }

        return page;
    }
}
