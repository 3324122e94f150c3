using LabServer.Access;
using Microsoft.AspNetCore.Http.Features;

namespace LabServer.Limits;

/// <summary>Counts the messages of each RPC against what all of them may have in memory.</summary>
internal sealed class LargeMessages(RequestDelegate next, MessageBudget budget)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith(Refusal.GrpcContent, StringComparison.OrdinalIgnoreCase) != true)
        {
            await next(context);
            return;
        }

        using var body = new CountedBody(context.Request.BodyReader, budget);
        context.Features.Set<IRequestBodyPipeFeature>(body);
        CountedBody.Current = body;
        await next(context);
    }
}
