using System.Net;
using System.Net.Http.Headers;

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
        try
        {
            var response = await base.SendAsync(request, waited.Token);
            waited.CancelAfter(Timeout.InfiniteTimeSpan);
            return response;
        }
        catch (OperationCanceledException late) when (waited.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"{request.RequestUri} did not begin to answer within {Eventually.Unanswered.TotalMinutes} min. {await OverANewConnection(request.RequestUri!)}", late);
        }
    }

    // Tells a call that is stuck from a server that is.
    private static async Task<string> OverANewConnection(Uri address)
    {
        using var client = new HttpClient { Timeout = Eventually.Bound };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/grpc.health.v1.Health/Check"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            // An empty message behind its length.
            Content = new ByteArrayContent(new byte[5]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        try
        {
            using var response = await client.SendAsync(request);
            return $"Over a new connection the server answers: {(int)response.StatusCode} {response.TrailingHeaders}";
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return $"Over a new connection neither: {exception.Message}";
        }
    }
}
