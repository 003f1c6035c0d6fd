using Caseload.Clients.Tests.Fixtures;

// A kernel and its client are busy both; more than two pairs at once would only wait for each other.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: AssemblyFixture(typeof(InstalledKernel))]
