namespace Grpc.Core;

/// <summary>Base of clients generated with the option <c>lite_client</c>, which only hold an invoker.</summary>
public abstract class LiteClientBase
{
    /// <summary>For test doubles: a client whose calls are all overridden.</summary>
    protected LiteClientBase()
        : this(new UnimplementedCallInvoker())
    {
    }

    protected LiteClientBase(ChannelBase channel)
        : this((channel ?? throw new ArgumentNullException(nameof(channel))).CreateCallInvoker())
    {
    }

    protected LiteClientBase(CallInvoker callInvoker)
    {
        ArgumentNullException.ThrowIfNull(callInvoker);
        CallInvoker = callInvoker;
    }

    /// <summary>What calls are started with.</summary>
    protected CallInvoker CallInvoker { get; }
}
