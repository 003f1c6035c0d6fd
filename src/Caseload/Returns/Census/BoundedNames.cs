using System.Xml;

namespace Caseload.Returns.Census;

/// <summary>The names of elements and attributes that a reader has met: a file in which every name is new would fill memory.</summary>
internal sealed class BoundedNames(Func<Exception> refuse) : NameTable
{
    internal const int MostNames = 2_000;

    private int held;

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Held(base.Add(key, start, len));

    public override string Add(string key) => Get(key) ?? Held(base.Add(key));

    private string Held(string name) => ++held <= MostNames ? name : throw refuse();
}
