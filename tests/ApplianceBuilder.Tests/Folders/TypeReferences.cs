// Which types of an assembly use which, as the compiler wrote it down: signatures, base types, attributes and code.
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Guestfs.Appliances.Tests.Folders;

/// <summary>A type of the assembly; what is nested in it, and what the compiler adds for it, counts as the type itself.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsPublic">Whether callers see it.</param>
/// <param name="File">The source file that it is in.</param>
/// <param name="Uses">The names, with namespaces, of the other types of the assembly that it uses.</param>
internal sealed record ReferencingType(string Namespace, string Name, bool IsPublic, string File, IReadOnlySet<string> Uses)
{
    internal string FullName => $"{Namespace}.{Name}";
}

/// <summary>Reads the uses out of an assembly's metadata and code, and the files out of its symbols.</summary>
internal sealed class TypeReferences : IDisposable
{
    // "Type Definition Documents" of the portable PDB format: the files of types without code.
    private static readonly Guid TypeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    private readonly PEReader image;
    private readonly MetadataReader metadata;
    private readonly MetadataReaderProvider symbolProvider;
    private readonly MetadataReader symbols;
    private readonly ReferencedTypes provider;
    private HashSet<string> used = [];

    private TypeReferences(string assembly)
    {
        image = new PEReader(File.OpenRead(assembly));
        metadata = image.GetMetadataReader();
        symbolProvider = image.TryOpenAssociatedPortablePdb(assembly, File.OpenRead, out MetadataReaderProvider? found, out _)
            ? found!
            : throw new FileNotFoundException($"There are no symbols of {assembly}.");
        symbols = symbolProvider.GetMetadataReader();
        provider = new ReferencedTypes(this);
    }

    /// <summary>The types of an assembly whose sources are in a folder.</summary>
    internal static IReadOnlyList<ReferencingType> Read(string assembly, string sourceFolder)
    {
        using TypeReferences reader = new(assembly);
        Dictionary<string, List<TypeDefinitionHandle>> types = reader.metadata.TypeDefinitions
            .GroupBy(reader.NameOf, StringComparer.Ordinal)
            .ToDictionary(type => type.Key, type => type.ToList(), StringComparer.Ordinal);
        List<ReferencingType> result = [];
        foreach ((string name, List<TypeDefinitionHandle> parts) in types)
        {
            string? file = parts.SelectMany(reader.FilesOf)
                .FirstOrDefault(file => file.Contains(sourceFolder, StringComparison.Ordinal)
                    && !file.Contains("/obj/", StringComparison.Ordinal));
            if (file is not null)
            {
                TypeDefinition outer =
                    reader.metadata.GetTypeDefinition(parts.First(part => !reader.metadata.GetTypeDefinition(part).IsNested));
                reader.used = new HashSet<string>(StringComparer.Ordinal);
                parts.ForEach(reader.AddType);
                result.Add(new ReferencingType(
                    reader.metadata.GetString(outer.Namespace),
                    reader.metadata.GetString(outer.Name),
                    (outer.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public,
                    file[(file.IndexOf(sourceFolder, StringComparison.Ordinal) + sourceFolder.Length)..],
                    reader.used));
            }
        }

        return result;
    }

    public void Dispose()
    {
        symbolProvider.Dispose();
        image.Dispose();
    }

    private string NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (type.IsNested)
        {
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    private IEnumerable<string> FilesOf(TypeDefinitionHandle handle)
    {
        List<DocumentHandle> files = [];
        foreach (MethodDefinitionHandle method in metadata.GetTypeDefinition(handle).GetMethods())
        {
            files.AddRange(
                symbols.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints().Select(point => point.Document));
        }

        foreach (CustomDebugInformationHandle information in symbols.GetCustomDebugInformation(handle))
        {
            CustomDebugInformation debug = symbols.GetCustomDebugInformation(information);
            BlobReader blob = symbols.GetBlobReader(debug.Value);
            while (symbols.GetGuid(debug.Kind) == TypeDocuments && blob.RemainingBytes > 0)
            {
                files.Add(MetadataTokens.DocumentHandle(blob.ReadCompressedInteger()));
            }
        }

        return files.Distinct().Select(file => symbols.GetString(symbols.GetDocument(file).Name));
    }

    private void AddType(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        Add(type.BaseType);
        AddAttributes(type.GetCustomAttributes());
        AddConstraints(type.GetGenericParameters());
        foreach (InterfaceImplementationHandle implementation in type.GetInterfaceImplementations())
        {
            Add(metadata.GetInterfaceImplementation(implementation).Interface);
        }

        foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            field.DecodeSignature(provider, null);
            AddAttributes(field.GetCustomAttributes());
        }

        foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            method.DecodeSignature(provider, null);
            AddAttributes(method.GetCustomAttributes());
            AddConstraints(method.GetGenericParameters());
            if (method.RelativeVirtualAddress != 0)
            {
                AddCode(image.GetMethodBody(method.RelativeVirtualAddress));
            }
        }
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttributeHandle attribute in attributes)
        {
            Add(metadata.GetCustomAttribute(attribute).Constructor);
        }
    }

    private void AddConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameterConstraintHandle constraint in parameters.SelectMany(
            parameter => metadata.GetGenericParameter(parameter).GetConstraints()))
        {
            Add(metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void AddCode(MethodBodyBlock body)
    {
        Add(body.LocalSignature);
        foreach (ExceptionRegion region in body.ExceptionRegions)
        {
            Add(region.CatchType);
        }

        BlobReader code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int opcode = code.ReadByte();
            opcode = opcode == 0xFE ? 0xFE00 | code.ReadByte() : opcode;
            switch (Operands[opcode])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType
                    or OperandType.InlineSig:
                    Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    int targets = code.ReadInt32();
                    code.Offset += targets * sizeof(int);
                    break;
                default:
                    code.Offset += LengthOf(Operands[opcode]);
                    break;
            }
        }
    }

    private static int LengthOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => sizeof(byte),
        OperandType.InlineVar => sizeof(short),
        OperandType.InlineI8 or OperandType.InlineR => sizeof(long),
        _ => sizeof(int),
    };

    private void Add(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case var _ when handle.IsNil:
                break;
            case HandleKind.TypeDefinition:
                used.Add(NameOf((TypeDefinitionHandle)handle));
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(provider, null);
                break;
            case HandleKind.FieldDefinition:
                Add(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                MethodDefinition method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                Add(method.GetDeclaringType());
                method.DecodeSignature(provider, null);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(specification.Method);
                specification.DecodeSignature(provider, null);
                break;
            case HandleKind.MemberReference:
                MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                Add(member.Parent);
                break;
            case HandleKind.StandaloneSignature:
                StandaloneSignature signature = metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle);
                if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
                {
                    signature.DecodeLocalSignature(provider, null);
                }
                else
                {
                    signature.DecodeMethodSignature(provider, null);
                }

                break;
        }
    }

    /// <summary>Signatures are decoded for the types in them alone.</summary>
    private sealed class ReferencedTypes(TypeReferences reader) : ISignatureTypeProvider<int, object?>
    {
        public int GetTypeFromDefinition(MetadataReader metadata, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            reader.Add(handle);
            return 0;
        }

        public int GetTypeFromSpecification(
            MetadataReader metadata, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            reader.Add(handle);
            return 0;
        }

        public int GetTypeFromReference(MetadataReader metadata, TypeReferenceHandle handle, byte rawTypeKind) => 0;

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;
    }
}
