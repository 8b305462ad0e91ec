using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace TaskLocking.Tests.Architecture;

/// <summary>
/// Which types of a built assembly use which, read from its metadata and from the code of its methods: so what is used without being named
/// counts too. A nested type counts as the one around it, and so does what the compiler makes.
/// </summary>
internal sealed class TypeReferences
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xffff, code => code.OperandType);

    private readonly MetadataReader _metadata;
    private readonly PEReader _image;
    private readonly Dictionary<string, HashSet<string>> _uses = [];

    private TypeReferences(PEReader image)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
        foreach (var handle in _metadata.TypeDefinitions)
            Read(handle);
    }

    /// <summary>By the name of a type without its namespace, the names of those that it uses; never itself.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> Of(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        return new TypeReferences(image)._uses;
    }

    private void Read(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        var found = new List<TypeDefinitionHandle>();
        Add(type.BaseType, found);
        foreach (var item in type.GetInterfaceImplementations())
            Add(_metadata.GetInterfaceImplementation(item).Interface, found);
        foreach (var item in type.GetGenericParameters())
            Constrain(item, found);
        foreach (var item in type.GetFields())
            found.AddRange(_metadata.GetFieldDefinition(item).DecodeSignature(Names.Instance, null));
        foreach (var item in type.GetMethods())
            Read(_metadata.GetMethodDefinition(item), found);
        foreach (var item in _metadata.CustomAttributes.Select(_metadata.GetCustomAttribute)
                     .Where(item => item.Parent.Kind == HandleKind.TypeDefinition && (TypeDefinitionHandle)item.Parent == handle))
            Add(item.Constructor, found);

        var name = Name(handle);
        if (name.StartsWith('<'))
            return;
        if (!_uses.TryGetValue(name, out var uses))
            _uses[name] = uses = [];
        uses.UnionWith(found.Select(Name).Where(other => other != name && !other.StartsWith('<')));
    }

    private void Read(MethodDefinition method, List<TypeDefinitionHandle> found)
    {
        Add(method.DecodeSignature(Names.Instance, null), found);
        foreach (var item in method.GetGenericParameters())
            Constrain(item, found);
        if (method.RelativeVirtualAddress == 0)
            return;
        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            foreach (var local in _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(Names.Instance, null))
                found.AddRange(local);
        foreach (var region in body.ExceptionRegions)
            Add(region.CatchType, found);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
            Step(ref code, found);
    }

    private void Step(ref BlobReader code, List<TypeDefinitionHandle> found)
    {
        int value = code.ReadByte();
        if (value == 0xfe)
            value = 0xfe00 | code.ReadByte();
        switch (Operands[value])
        {
            case OperandType.InlineNone:
                break;
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                Add(MetadataTokens.EntityHandle(code.ReadInt32()), found);
                break;
            case OperandType.InlineSig:
                code.Offset += 4;
                break;
            case OperandType.InlineSwitch:
                var targets = code.ReadInt32();
                code.Offset += 4 * targets;
                break;
            case OperandType.InlineI8 or OperandType.InlineR:
                code.Offset += 8;
                break;
            case OperandType.InlineVar:
                code.Offset += 2;
                break;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                code.Offset += 1;
                break;
            default:
                code.Offset += 4;
                break;
        }
    }

    private void Add(EntityHandle handle, List<TypeDefinitionHandle> found)
    {
        if (handle.IsNil)
            return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                found.Add((TypeDefinitionHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                found.AddRange(_metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Names.Instance, null));
                break;
            case HandleKind.MethodDefinition:
                var method = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                found.Add(method.GetDeclaringType());
                Add(method.DecodeSignature(Names.Instance, null), found);
                break;
            case HandleKind.FieldDefinition:
                var field = _metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                found.Add(field.GetDeclaringType());
                found.AddRange(field.DecodeSignature(Names.Instance, null));
                break;
            case HandleKind.MemberReference:
                Add(_metadata.GetMemberReference((MemberReferenceHandle)handle), found);
                break;
            case HandleKind.MethodSpecification:
                var generic = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(generic.Method, found);
                foreach (var argument in generic.DecodeSignature(Names.Instance, null))
                    found.AddRange(argument);
                break;
            default:
                break;
        }
    }

    private void Add(MemberReference member, List<TypeDefinitionHandle> found)
    {
        Add(member.Parent, found);
        if (member.GetKind() == MemberReferenceKind.Method)
            Add(member.DecodeMethodSignature(Names.Instance, null), found);
        else
            found.AddRange(member.DecodeFieldSignature(Names.Instance, null));
    }

    private static void Add(MethodSignature<ImmutableArray<TypeDefinitionHandle>> signature, List<TypeDefinitionHandle> found)
    {
        found.AddRange(signature.ReturnType);
        foreach (var parameter in signature.ParameterTypes)
            found.AddRange(parameter);
    }

    private void Constrain(GenericParameterHandle parameter, List<TypeDefinitionHandle> found)
    {
        foreach (var item in _metadata.GetGenericParameter(parameter).GetConstraints())
            Add(_metadata.GetGenericParameterConstraint(item).Type, found);
    }

    private string Name(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        if (type.IsNested)
            return Name(type.GetDeclaringType());
        return _metadata.GetString(type.Name).Split('`')[0];
    }

    // Every type of this assembly that a signature names.
    private sealed class Names : ISignatureTypeProvider<ImmutableArray<TypeDefinitionHandle>, object?>
    {
        public static readonly Names Instance = new();

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte raw) =>
            [handle];

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromSpecification(MetadataReader reader, object? context,
            TypeSpecificationHandle handle, byte raw) => reader.GetTypeSpecification(handle).DecodeSignature(this, context);

        public ImmutableArray<TypeDefinitionHandle> GetGenericInstantiation(ImmutableArray<TypeDefinitionHandle> generic,
            ImmutableArray<ImmutableArray<TypeDefinitionHandle>> arguments) => [.. generic, .. arguments.SelectMany(argument => argument)];

        public ImmutableArray<TypeDefinitionHandle> GetFunctionPointerType(
            MethodSignature<ImmutableArray<TypeDefinitionHandle>> signature) =>
            [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(parameter => parameter)];

        public ImmutableArray<TypeDefinitionHandle> GetModifiedType(ImmutableArray<TypeDefinitionHandle> modifier,
            ImmutableArray<TypeDefinitionHandle> unmodified, bool isRequired) => [.. modifier, .. unmodified];

        public ImmutableArray<TypeDefinitionHandle> GetArrayType(ImmutableArray<TypeDefinitionHandle> element, ArrayShape shape) => element;

        public ImmutableArray<TypeDefinitionHandle> GetByReferenceType(ImmutableArray<TypeDefinitionHandle> element) => element;

        public ImmutableArray<TypeDefinitionHandle> GetPinnedType(ImmutableArray<TypeDefinitionHandle> element) => element;

        public ImmutableArray<TypeDefinitionHandle> GetPointerType(ImmutableArray<TypeDefinitionHandle> element) => element;

        public ImmutableArray<TypeDefinitionHandle> GetSZArrayType(ImmutableArray<TypeDefinitionHandle> element) => element;

        public ImmutableArray<TypeDefinitionHandle> GetGenericMethodParameter(object? context, int index) => [];

        public ImmutableArray<TypeDefinitionHandle> GetGenericTypeParameter(object? context, int index) => [];

        public ImmutableArray<TypeDefinitionHandle> GetPrimitiveType(PrimitiveTypeCode code) => [];

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte raw) => [];
    }
}
