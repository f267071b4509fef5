using System.Runtime.CompilerServices;

// Blittable types only, as in the raw layer.
[assembly: DisableRuntimeMarshalling]

// Every call has a stack buffer for its arguments; clearing it first would cost more than the call.
[module: SkipLocalsInit]
