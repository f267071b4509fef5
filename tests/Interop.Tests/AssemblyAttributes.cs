// The resolver tests change the environment and the application's folder, so nothing runs beside them.
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
