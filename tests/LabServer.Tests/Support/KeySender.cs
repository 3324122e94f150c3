namespace LabServer.Tests.Support;

/// <summary>Sends a key with every call that has none of its own, and waits for the beginning of an answer, but not for ever.</summary>
internal sealed class KeySender(string key, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.Contains("authorization"))
        {
            request.Headers.TryAddWithoutValidation("authorization", $"Bearer {key}");
        }

        // Not disposed: what is sent after the beginning of the answer still ends with the call's own token.
        var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waited.CancelAfter(Eventually.Unanswered);
        var response = await base.SendAsync(request, waited.Token);
        waited.CancelAfter(Timeout.InfiniteTimeSpan);
        return response;
    }
}
