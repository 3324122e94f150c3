namespace LabServer.Core.Access;

/// <summary>Who makes a call, and how far it reaches.</summary>
/// <param name="Name">Name on everything it does: of its key, or <c>jwt:SUBJECT</c>, or <c>certificate:NAME</c>.</param>
/// <param name="Role">What it may do.</param>
public sealed record Caller(string Name, Role Role)
{
    /// <summary>Name of the holder of <c>admin.key</c>.</summary>
    public const string AdminName = "admin";

    /// <summary>Name of who sent no key, where none is required.</summary>
    public const string AnonymousName = "anonymous";

    /// <summary>The holder of <c>admin.key</c>.</summary>
    public static Caller Admin { get; } = new(AdminName, Role.Admin);

    /// <summary>Studies that exist for the caller. Null: all.</summary>
    public IReadOnlySet<string>? Studies { get; init; }

    /// <summary>Laboratories that it sends for and whose results it sees. Null: all.</summary>
    public IReadOnlySet<string>? Laboratories { get; init; }

    /// <summary>Studies whose arms it has been granted to see.</summary>
    public IReadOnlySet<string> UnblindedStudies { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether it may do something at all; of which studies is another question.</summary>
    public bool May(Permission permission) =>
        RolePermissions.Has(Role, permission) && (Studies is null || !RolePermissions.IsOfAllStudies(permission));

    /// <summary>Whether the study exists for the caller.</summary>
    public bool Sees(string studyId) => Studies?.Contains(studyId) ?? true;

    /// <summary>Whether it sends for, and sees results of, the laboratory.</summary>
    public bool IsOf(string laboratory) => Laboratories?.Contains(laboratory) ?? true;

    /// <summary>What the caller sees of the arms of a study.</summary>
    public ArmSight SightOf(string studyId) =>
        Role == Role.Admin || UnblindedStudies.Contains(studyId) ? ArmSight.Unblinded : ArmSight.Blinded;
}
