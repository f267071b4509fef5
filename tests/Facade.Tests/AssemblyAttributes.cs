// The raw layer's settings, as the tests declare unmanaged callbacks of their own; and file modes, which Windows lacks.
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

[assembly: DisableRuntimeMarshalling]
[assembly: SupportedOSPlatform("linux")]
