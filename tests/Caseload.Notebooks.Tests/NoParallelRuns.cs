// The console and the working folder belong to the process, and a running cell takes both.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
