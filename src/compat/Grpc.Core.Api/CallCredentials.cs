using System.ComponentModel;

namespace Grpc.Core;

/// <summary>Credentials of a single call: entries put into its headers.</summary>
public abstract class CallCredentials
{
    /// <summary>Joins credentials; each adds its entries, in this order.</summary>
    /// <exception cref="ArgumentException">Fewer than two are given.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials) =>
        new CompositeCallCredentials(credentials);

    /// <summary>Credentials whose entries <paramref name="interceptor"/> adds.</summary>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) =>
        new InterceptorCallCredentials(interceptor);

    /// <summary>Tells the transport what these credentials are. For transports only.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);
}
