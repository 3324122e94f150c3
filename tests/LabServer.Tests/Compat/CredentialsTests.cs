using Grpc.Core;

namespace LabServer.Tests.Compat;

public sealed class CredentialsTests
{
    private static readonly CallCredentials Key =
        CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

    [Fact]
    public void CallCredentials_ComposedOfOne_Throws() =>
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose(Key));

    [Fact]
    public void ChannelCredentials_InsecureWithCallCredentials_Throws() =>
        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, Key));

    [Fact]
    public void ChannelCredentials_OfEachKind_TellTheTransportWhatTheyAre()
    {
        var pair = new KeyCertificatePair("chain", "key");
        Assert.Equal(["insecure"], Told(ChannelCredentials.Insecure));
        Assert.Equal(["ssl roots= chain="], Told(ChannelCredentials.SecureSsl));
        Assert.Equal(["ssl roots=roots chain=chain"], Told(new SslCredentials("roots", pair)));
        Assert.Equal(
            ["composite", "ssl roots= chain=", "interceptor"], Told(ChannelCredentials.Create(new SslCredentials(), Key)));
    }

    private static List<string> Told(ChannelCredentials credentials)
    {
        var told = new List<string>();
        credentials.InternalPopulateConfiguration(new ChannelRecorder(), told);
        return told;
    }

    private sealed class ChannelRecorder : ChannelCredentialsConfiguratorBase
    {
        public override void SetInsecureCredentials(object? state) => ((List<string>)state!).Add("insecure");

        public override void SetSslCredentials(
            object? state,
            string? rootCertificates,
            KeyCertificatePair? keyCertificatePair,
            VerifyPeerCallback? verifyPeerCallback) =>
            ((List<string>)state!).Add($"ssl roots={rootCertificates} chain={keyCertificatePair?.CertificateChain}");

        public override void SetCompositeCredentials(
            object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
        {
            ((List<string>)state!).Add("composite");
            channelCredentials.InternalPopulateConfiguration(this, state);
            callCredentials.InternalPopulateConfiguration(new CallRecorder(), state);
        }
    }

    private sealed class CallRecorder : CallCredentialsConfiguratorBase
    {
        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials) =>
            ((List<string>)state!).Add("composite");

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) =>
            ((List<string>)state!).Add("interceptor");
    }
}
