namespace Guestfs;

/// <summary>How long what is known about KVM holds.</summary>
internal enum KvmProof
{
    /// <summary>For this launch: there was nothing to try, or the trial was interrupted.</summary>
    None,

    /// <summary>For some minutes: a guest did not report in time, and nobody knows whether that was KVM or a busy machine.</summary>
    Passing,

    /// <summary>Until the host boots again.</summary>
    Lasting,
}
