// The names, offsets and values of elf.h, of files of 64 bits: what is in elf(5) is found here by the same name.
namespace Guestfs.Appliances.Elf;

/// <summary>The ELF format. Names of fields stand for their offsets in bytes.</summary>
internal static class ElfFormat
{
    internal const int EhdrSize = 64, EI_CLASS = 4, EI_DATA = 5, EI_VERSION = 6, e_type = 16, e_machine = 18, e_version = 20, e_entry = 24,
        e_phoff = 32, e_shoff = 40, e_ehsize = 52,
        e_phentsize = 54, e_phnum = 56, e_shentsize = 58, e_shnum = 60, e_shstrndx = 62;

    internal const byte ELFCLASS64 = 2, ELFDATA2LSB = 1, EV_CURRENT = 1;

    internal const ushort ET_DYN = 3, EM_X86_64 = 62, EM_AARCH64 = 183;

    internal const int PhdrSize = 56, p_type = 0, p_flags = 4, p_offset = 8, p_vaddr = 16, p_paddr = 24, p_filesz = 32, p_memsz = 40,
        p_align = 48;

    internal const uint PT_LOAD = 1, PT_DYNAMIC = 2, PT_INTERP = 3, PT_NOTE = 4, PT_GNU_STACK = 0x6474E551, PT_GNU_RELRO = 0x6474E552;

    internal const uint PF_X = 1, PF_W = 2, PF_R = 4;

    internal const int ShdrSize = 64, sh_name = 0, sh_type = 4, sh_flags = 8, sh_addr = 16, sh_offset = 24, sh_size = 32, sh_link = 40,
        sh_info = 44, sh_addralign = 48, sh_entsize = 56;

    internal const uint SHT_PROGBITS = 1, SHT_STRTAB = 3, SHT_RELA = 4, SHT_DYNAMIC = 6, SHT_DYNSYM = 11, SHT_INIT_ARRAY = 14,
        SHT_GNU_HASH = 0x6FFFFFF6, SHT_GNU_verdef = 0x6FFFFFFD, SHT_GNU_verneed = 0x6FFFFFFE, SHT_GNU_versym = 0x6FFFFFFF;

    internal const ulong SHF_WRITE = 1, SHF_ALLOC = 2, SHF_EXECINSTR = 4;

    internal const int SymSize = 24, st_name = 0, st_info = 4, st_other = 5, st_shndx = 6, st_value = 8, st_size = 16;

    internal const ushort SHN_UNDEF = 0;

    internal const byte STB_LOCAL = 0, STB_GLOBAL = 1, STT_FUNC = 2;

    internal const int RelaSize = 24, r_offset = 0, r_info = 8, r_addend = 16;

    internal const uint R_X86_64_COPY = 5, R_X86_64_GLOB_DAT = 6, R_X86_64_RELATIVE = 8, R_AARCH64_COPY = 1024, R_AARCH64_GLOB_DAT = 1025,
        R_AARCH64_RELATIVE = 1027;

    internal const int DynSize = 16, d_tag = 0, d_un = 8;

    internal const ulong DF_STATIC_TLS = 0x10, DF_1_NODELETE = 8, DF_1_INITFIRST = 0x20, DF_1_NOOPEN = 0x40, DF_1_INTERPOSE = 0x400;

    internal const int VerdefSize = 20, vd_version = 0, vd_flags = 2, vd_ndx = 4, vd_cnt = 6, vd_hash = 8, vd_aux = 12, vd_next = 16;

    internal const int VerdauxSize = 8, vda_name = 0, vda_next = 4;

    internal const int VerneedSize = 16, vn_version = 0, vn_cnt = 2, vn_file = 4, vn_aux = 8, vn_next = 12;

    internal const int VernauxSize = 16, vna_hash = 0, vna_flags = 4, vna_other = 6, vna_name = 8, vna_next = 12;

    internal const ushort VER_DEF_CURRENT = 1, VER_NEED_CURRENT = 1, VER_FLG_BASE = 1, VER_NDX_GLOBAL = 1;

    internal const int NhdrSize = 12, n_namesz = 0, n_descsz = 4, n_type = 8;

    /// <summary>The bytes that a file begins with.</summary>
    internal static ReadOnlySpan<byte> ELFMAG => "\u007FELF"u8;
}
