using System.Text;
using Caseload.Frames.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Frames.Tests.Csv;

public sealed class LevelCoderTests
{
    [Fact]
    public void Levels_are_those_of_a_dictionary_of_strings()
    {
        // Lengths around seven and eight bytes, at which texts are looked up in another way, and texts that begin or end alike.
        var text = Gen.OneOf(
            Gen.Elements("", "a", "ab", "1234567", "12345678", "123456789", "SIM201000001", "SIM201000002", "é", "aé", "\0", "\0\0"),
            Gen.Choose(0, 40).Select(length => new string('x', length)),
            Gen.Choose(0, 30_000).Select(n => "SIM" + n));
        Prop.ForAll(text.ListOf(2_000).ToArbitrary(), texts =>
        {
            var coder = new LevelCoder();
            var twin = new List<string>();
            foreach (var t in texts)
            {
                if (!twin.Contains(t)) twin.Add(t);
                Assert.Equal(twin.IndexOf(t), coder.CodeOf(Encoding.UTF8.GetBytes(t)));
            }

            Assert.Equal(twin, coder.ToTexts());
            Assert.Equal(twin.Count, coder.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithReplay(20170701, 1).WithQuietOnSuccess(true));
    }
}
