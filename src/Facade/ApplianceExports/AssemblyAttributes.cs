using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]
[assembly: DisableRuntimeMarshalling]
[module: SkipLocalsInit]
