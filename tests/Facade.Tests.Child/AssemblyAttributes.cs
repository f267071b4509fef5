// The raw layer's setting: raw calls are made here too.
using System.Runtime.CompilerServices;

[assembly: DisableRuntimeMarshalling]
