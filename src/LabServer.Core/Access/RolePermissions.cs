namespace LabServer.Core.Access;

/// <summary>Which role may do what. docs/access.md shows the same as a table.</summary>
public static class RolePermissions
{
    private static readonly Permission[] Readers =
    [
        Permission.Call, Permission.ReadResults, Permission.ReadFlags, Permission.ReadCatalogue, Permission.ReadRanges, Permission.ReadStudies,
        Permission.ReadSubjects, Permission.ReadRuleSets, Permission.ReadGrades, Permission.ReadEvents, Permission.ReadAlerts,
        Permission.ReadSummaries, Permission.ReadReports, Permission.ReadJobs,
    ];

    // What they change is not of one study, so that a caller limited to studies must not.
    private static readonly Permission[] OfAllStudies =
    [
        Permission.CreateStudies, Permission.ChangeCatalogue, Permission.PublishRuleSets, Permission.ReadKeys, Permission.ManageKeys,
        Permission.CheckAudit, Permission.ReadMetrics, Permission.Operate,
    ];

    private static readonly Dictionary<Role, HashSet<Permission>> Table = new()
    {
        [Role.Laboratory] = [Permission.Call, Permission.PushResults, Permission.ReadResults, Permission.ReadCatalogue],
        [Role.SafetyOfficer] =
        [
            .. Readers, Permission.ReportEvents, Permission.ReviewEvents, Permission.AcknowledgeAlerts, Permission.Export, Permission.Unblind,
        ],
        [Role.Statistician] = [.. Readers, Permission.Export],
        [Role.StudyAdmin] =
        [
            .. Readers, Permission.PushResults, Permission.ChangeCatalogue, Permission.ChangeRanges, Permission.CreateStudies,
            Permission.ChangeStudies, Permission.ChangeSubjects, Permission.PublishRuleSets, Permission.ReportEvents, Permission.Export,
            Permission.RunJobs, Permission.Unblind,
        ],
        [Role.Auditor] = [.. Readers, Permission.ReadKeys, Permission.ReadAudit, Permission.CheckAudit],
        [Role.Monitor] = [Permission.Call, Permission.ReadMetrics],
        [Role.Admin] = [.. Enum.GetValues<Permission>()],
    };

    /// <summary>Every role that can be given, in the order of documents.</summary>
    public static IReadOnlyList<Role> Roles { get; } = [.. Table.Keys];

    /// <summary>Whether the role has the permission.</summary>
    public static bool Has(Role role, Permission permission) => Table.TryGetValue(role, out var permissions) && permissions.Contains(permission);

    /// <summary>Whether the permission is about the server and not about one study: only callers not limited to studies have it.</summary>
    public static bool IsOfAllStudies(Permission permission) => OfAllStudies.Contains(permission);

    /// <summary>Whether a caller of the role can be granted to see the arms of a study.</summary>
    public static bool CanBeUnblinded(Role role) => role is Role.SafetyOfficer or Role.Statistician or Role.StudyAdmin;

    /// <summary>The role as it is written, for instance <c>safety-officer</c>.</summary>
    public static string Word(this Role role) => role switch
    {
        Role.Laboratory => "laboratory",
        Role.SafetyOfficer => "safety-officer",
        Role.Statistician => "statistician",
        Role.StudyAdmin => "study-admin",
        Role.Auditor => "auditor",
        Role.Monitor => "monitor",
        Role.Admin => "admin",
        _ => "",
    };

    /// <summary>The role that is written so; null: none is.</summary>
    public static Role? Read(string word) => Roles.Cast<Role?>().FirstOrDefault(role => role!.Value.Word() == word);
}
