using System.Data.Common;
using Dapper;
using LabServer.Core.Access;

namespace LabServer.Core.Storage;

/// <content>What is on file.</content>
public sealed partial class ApiKeyStore
{
    private const string SelectKeys = """
        SELECT key_key AS KeyKey, key_id AS KeyId, name AS Name, sha256 AS Hash, role AS Role, reason AS Reason, created_by AS CreatedBy,
               created_us AS CreatedUs, expires_us AS ExpiresUs, revoked_us AS RevokedUs, revoked_by AS RevokedBy, last_used_us AS LastUsedUs
        FROM api_key ORDER BY key_key
        """;

    private const string SelectUses = "SELECT key_id, last_used_us FROM api_key WHERE last_used_us IS NOT NULL";

    private const string SelectStudies = "SELECT key_key AS KeyKey, study_id AS Value FROM api_key_study ORDER BY key_key, study_id";
    private const string SelectLaboratories = "SELECT key_key AS KeyKey, laboratory AS Value FROM api_key_laboratory ORDER BY key_key, laboratory";
    private const string SelectUnblindings = "SELECT key_key AS KeyKey, study_id AS Value FROM api_key_unblinding ORDER BY key_key, study_id";

    private static List<(ApiKey Key, byte[] Hash)> Read(DbConnection connection, DbTransaction transaction)
    {
        var (studies, laboratories, unblindings) = (Scopes(SelectStudies), Scopes(SelectLaboratories), Scopes(SelectUnblindings));
        return [.. connection.Query<KeyRow>(SelectKeys, transaction: transaction).Select(row => (
            new ApiKey
            {
                KeyId = row.KeyId,
                Name = row.Name,
                Role = (Role)row.Role,
                Studies = [.. studies[row.KeyKey]],
                Laboratories = [.. laboratories[row.KeyKey]],
                UnblindedStudies = [.. unblindings[row.KeyKey]],
                Reason = row.Reason,
                CreatedBy = row.CreatedBy,
                CreatedUs = row.CreatedUs,
                ExpiresUs = row.ExpiresUs,
                RevokedUs = row.RevokedUs,
                RevokedBy = row.RevokedBy,
                LastUsedUs = row.LastUsedUs,
            },
            row.Hash))];

        ILookup<long, string> Scopes(string statement) =>
            connection.Query<ScopeRow>(statement, transaction: transaction).ToLookup(row => row.KeyKey, row => row.Value);
    }

    private sealed record KeyRow(
        long KeyKey, string KeyId, string Name, byte[] Hash, long Role, string Reason, string CreatedBy, long CreatedUs, long? ExpiresUs,
        long? RevokedUs, string RevokedBy, long? LastUsedUs);

    private sealed record ScopeRow(long KeyKey, string Value);
}
