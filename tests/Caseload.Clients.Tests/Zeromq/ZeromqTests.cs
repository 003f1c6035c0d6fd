using Caseload.Clients.Tests.Fixtures;

namespace Caseload.Clients.Tests.Zeromq;

/// <summary>The client library that VS Code uses, zeromq.js: zeromq/client.js.</summary>
public sealed class ZeromqTests(InstalledKernel kernel, ZeromqFixture zeromq) : IClassFixture<ZeromqFixture>
{
    public static TheoryData<string> Checks => ZeromqFixture.Checks;

    [Theory]
    [MemberData(nameof(Checks))]
    public void A_client_on_zeromq_js_is_served(string check)
    {
        var failure = zeromq.Failure(kernel, check);
        Assert.True(failure.Length == 0, failure);
    }
}
