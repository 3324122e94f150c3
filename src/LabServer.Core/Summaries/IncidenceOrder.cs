namespace LabServer.Core.Summaries;

/// <summary>The order of the rows of an incidence table.</summary>
internal static class IncidenceOrder
{
    public static IEnumerable<TermIncidence> Terms(IEnumerable<TermIncidence> terms, bool byClass) => terms
        .OrderBy(row => byClass ? row.Term.SystemOrganClass : "", StringComparer.OrdinalIgnoreCase)
        .ThenByDescending(row => row.Incidence.Total.Any)
        .ThenBy(row => row.Term.Name, StringComparer.Ordinal);

    public static IEnumerable<ClassIncidence> Classes(IEnumerable<ClassIncidence> classes, bool byClass) => classes
        .OrderByDescending(row => byClass ? 0 : row.Incidence.Total.Any)
        .ThenBy(row => row.SystemOrganClass, StringComparer.OrdinalIgnoreCase);
}
