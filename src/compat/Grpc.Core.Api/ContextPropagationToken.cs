namespace Grpc.Core;

/// <summary>Ties a client call to the server call it is made from. Only a transport that knows how makes one.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
