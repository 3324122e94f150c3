using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using LabServer.Hosting;
using Microsoft.Extensions.Options;

namespace LabServer.Access;

/// <summary>Checks the key of each call (<c>authorization: Bearer KEY</c>) and notes who calls.</summary>
internal sealed class AccessInterceptor(DataFolder folder, IOptions<AccessOptions> options) : CallInterceptor
{
    private const string Header = "authorization";
    private const string Scheme = "Bearer ";

    private readonly byte[] _adminKeyHash = Hash(folder.AdminKey);

    protected override Task<T> Around<T>(ServerCallContext context, Func<Task<T>> call)
    {
        if (!IsOpen(context.Method))
        {
            context.SetCallerName(NameOf(context.RequestHeaders));
        }

        return call();
    }

    private string NameOf(Metadata headers)
    {
        var sent = headers.GetAll(Header).Select(entry => entry.Value).ToList();
        return sent switch
        {
            [] when options.Value.RequireKey => throw RpcErrors.Unauthenticated("KEY_MISSING", "Send a key as 'authorization: Bearer KEY'."),
            [] => Caller.Anonymous,
            [var one] when one.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && IsAdminKey(one[Scheme.Length..].Trim()) => Caller.Admin,
            _ => throw RpcErrors.Unauthenticated("KEY_UNKNOWN", "The key that was sent is not a key of this server."),
        };
    }

    // Hashed first, so that neither content nor length of the key shows in the time taken.
    private bool IsAdminKey(string key) => CryptographicOperations.FixedTimeEquals(Hash(key), _adminKeyHash);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    // A load balancer and a debugging client ask these before they have a key.
    private static bool IsOpen(string method) =>
        method.StartsWith("/grpc.health.", StringComparison.Ordinal) || method.StartsWith("/grpc.reflection.", StringComparison.Ordinal);
}
