// Some tests boot appliances or fill memory; one at a time keeps their figures and their time limits honest.
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
