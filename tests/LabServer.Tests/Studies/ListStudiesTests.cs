using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Studies;

public sealed class ListStudiesTests
{
    [Fact]
    public async Task ListStudies_PagedToTheEnd_GivesEveryStudyOnceByIdWithArmsAndRuleSets()
    {
        await using var server = await ServerFixture.Start();
        var client = new StudiesService.StudiesServiceClient(server.Channel);
        Assert.Empty((await client.ListStudiesAsync(new ListStudiesRequest())).Studies);
        foreach (var id in new[] { "S3", "S1", "S5", "S2", "S4" })
        {
            await client.CreateStudyAsync(
                new CreateStudyRequest { Study = new Study { StudyId = id, Arms = { "Arm of " + id }, RuleSets = { "ctcae-4.03" } } });
        }

        var first = await client.ListStudiesAsync(new ListStudiesRequest { PageSize = 3 });
        var second = await client.ListStudiesAsync(new ListStudiesRequest { PageSize = 3, PageToken = first.NextPageToken });

        Assert.Equal(["S1", "S2", "S3"], first.Studies.Select(study => study.StudyId));
        Assert.Equal(["S4", "S5"], second.Studies.Select(study => study.StudyId));
        Assert.Equal("", second.NextPageToken);
        Assert.All(first.Studies, study => Assert.Equal(["Arm of " + study.StudyId], study.Arms));
        Assert.All(first.Studies, study => Assert.Equal(["ctcae-4.03"], study.RuleSets));
    }
}
