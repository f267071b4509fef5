// Metrics are those of the whole process, and an appliance wants a processor of its own: one at a time.
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
