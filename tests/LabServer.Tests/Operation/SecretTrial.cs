using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Jobs;
using LabServer.Tests.Access;
using LabServer.Tests.Support;
using Trial = LabServer.Tests.Support.Trial;

namespace LabServer.Tests.Operation;

/// <summary>A trial whose subjects, arms, values and texts can all be recognised, driven through everything that there is.</summary>
internal sealed class SecretTrial(ChannelBase channel)
{
    public const string Study = "KNOWN-STUDY";

    /// <summary>What must not be found where nothing of a subject may be: in names and texts, and the digits of a value.</summary>
    public static readonly IReadOnlyList<string> Secrets = ["SECRET", "987654"];

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly Api.V1.JobsService.JobsServiceClient _jobs = new(channel);

    /// <summary>Loads, grades, reports and backs it up.</summary>
    public async Task Drive()
    {
        await Load();
        foreach (var job in new[] { JobNames.GradingIncremental, JobNames.GradingFull, JobNames.Report, JobNames.Backup })
        {
            await Run(job);
        }
    }

    /// <summary>Calls everything that can be called, and for what there is not.</summary>
    public async Task AskForEverything()
    {
        foreach (var service in Services())
        {
            foreach (var method in service.Methods.Where(method => method.Name is not ("RunJob" or "RevokeKey")))
            {
                await Call(method, Study);
                await Call(method, "SECRET-STUDY");
            }
        }
    }

    /// <summary>Runs a job to its end.</summary>
    public async Task<Api.V1.JobRun> Run(string job)
    {
        var run = (await _jobs.RunJobAsync(new RunJobRequest { Job = job, StudyId = JobNames.IsOfAStudy(job) ? Study : "" })).Run;
        await Eventually.True(
            async () => (run = (await _jobs.GetJobRunAsync(new GetJobRunRequest { RunId = run.RunId })).Run).EndedAt is not null, $"{job} has ended");
        return run;
    }

    private async Task Load()
    {
        var studies = new StudiesService.StudiesServiceClient(channel);
        await studies.CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = Study, Arms = { "SECRET-ARM-A", "SECRET-ARM-B" } } });
        await studies.ImportSubjectsAsync(new ImportSubjectsRequest
        {
            StudyId = Study,
            Subjects =
            {
                Subject("SECRET-SUBJECT-1", "SECRET-ARM-A", "2021-03-01"), Subject("SECRET-SUBJECT-2", "SECRET-ARM-B", "2021-03-01"),
                Subject("SECRET-SUBJECT-3", "SECRET-ARM-B", "SECRET-DATE"),
            },
        });
        await studies.ImportDosesAsync(new ImportDosesRequest
        {
            StudyId = Study,
            Doses = { new Dose { SubjectId = "SECRET-SUBJECT-1", DoseId = "SECRET-DOSE", Treatment = "SECRET-TREATMENT", StartAt = "2021-03-01" } },
        });
        var ingestion = new IngestionService.IngestionServiceClient(channel);
        LabResult[] results =
        [
            Result("1", "30", "2021-02-28"), Result("2", "987654.25", "2021-03-05"), Result("3", "SECRET-VALUE", "2021-03-06"),
            Result("4", "987654.5", "SECRET-TIME"), Result("5", "40", "2021-03-07", "SECRET-UNKNOWN"), Result("2", "987654.75", "2021-03-05"),
        ];
        await ingestion.SubmitResultsAsync(new SubmitResultsRequest { StudyId = Study, Laboratory = "SECRET-LABORATORY", Results = { results } });
        using (var stream = ingestion.StreamResults())
        {
            await stream.RequestStream.WriteAsync(
                new StreamResultsRequest { BatchNumber = 1, StudyId = Study, Laboratory = "SECRET-LABORATORY", Results = { results } });
            await stream.RequestStream.CompleteAsync();
            while (await stream.ResponseStream.MoveNext(CancellationToken.None))
            {
            }
        }

        await Record.ExceptionAsync(async () => await channel.CreateCallInvoker().AsyncUnaryCall(RawBytes.Submit, null, default, RawBytes.Garbage));
        await new AdverseEventsService.AdverseEventsServiceClient(channel).ReportAdverseEventAsync(
            new ReportAdverseEventRequest { StudyId = Study, Reports = { BlindedTwin.Cough("SECRET-REPORT", "SECRET-SUBJECT-1") } });
        await new AccessService.AccessServiceClient(channel).UnblindSubjectAsync(
            new UnblindSubjectRequest { StudyId = Study, SubjectId = "SECRET-SUBJECT-1", Reason = "SECRET-REASON" });
    }

    /// <summary>Calls a method with something recognisable in every text of its request, and reads at most one answer.</summary>
    private async Task Call(MethodDescriptor called, string study)
    {
        var request = called.InputType.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in called.InputType.Fields.InDeclarationOrder())
        {
            if (field is { FieldType: FieldType.String, IsRepeated: false, IsMap: false })
            {
                field.Accessor.SetValue(request, field.Name switch { "study_id" => study, "rule_set_id" => "ctcae-5.0", "test" => "ALT", _ => "SECRET-FIELD" });
            }
        }

        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, called.Service.FullName, called.Name, Bytes, Bytes);
        await Record.ExceptionAsync(async () =>
        {
            using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: bound.Token));
            await call.RequestStream.WriteAsync(request.ToByteArray(), bound.Token);
            await call.RequestStream.CompleteAsync();
            await call.ResponseStream.MoveNext(bound.Token);
        });
    }

    private static IEnumerable<ServiceDescriptor> Services() => typeof(StudiesReflection).Assembly.GetTypes()
        .Where(type => type is { Namespace: "LabServer.Api.V1", IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
        .SelectMany(file => file.Services);

    private static Subject Subject(string id, string arm, string firstDose) => new()
    {
        SubjectId = id,
        Arm = arm,
        Sex = Sex.Male,
        FirstDoseAt = firstDose,
        Attributes = { { "note", "SECRET-ATTRIBUTE" } },
    };

    private static LabResult Result(string id, string value, string collectedAt, string subject = "SECRET-SUBJECT-1")
    {
        var result = Trial.Alt($"SECRET-RESULT-{id}", value, collectedAt, subject);
        result.Instrument = "SECRET-INSTRUMENT";
        return result;
    }
}
