namespace Guestfs;

/// <summary>A call on the worker thread. Neither method throws.</summary>
internal interface IWorkerCall
{
    /// <summary>Makes the call, and ends its task.</summary>
    void Run();

    /// <summary>Ends its task without the call: the handle was closed before its turn.</summary>
    void Refuse();
}
