using LabServer.Access;
using Microsoft.AspNetCore.Http.Features;

namespace LabServer.Limits;

/// <summary>Counts the messages of each RPC against what all of them may have in memory.</summary>
internal sealed class LargeMessages(RequestDelegate next, MessageBudget budget)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!Refusal.IsGrpc(context.Request.ContentType))
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
