import SnugConfiguration
import Testing

@Suite struct MemoryAmountTests {
    @Test(arguments: [
        ("0", "0"), ("", "0"), ("100", "100"), ("1b", "1"), ("1k", "1000"), ("1kb", "1024"), ("2m", "2000000"),
        ("2mb", "2097152"), ("3g", "3000000000"), ("3gb", "3221225472"), ("1GB", "1073741824"), ("1Kb", "1024"),
        ("18446744073709551615", "18446744073709551615"),
    ])
    func units(_ given: String, _ bytes: String) throws {
        #expect(try Configuration().set("maxmemory", given).get("maxmemory") == bytes)
    }

    @Test(arguments: ["-1", "1.5gb", "1tb", "0x10", "1 kb", "kbb", "5%", "+1"])
    func otherFormsAreRefused(_ given: String) {
        let text = "ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be a memory value"
        #expect(Configuration().setError("maxmemory", given) == text)
    }

    @Test func amountsBeyondTheLargestNumberAreCutOff() throws {
        #expect(try Configuration().set("maxmemory", "99999999999999999999").memory.byteCountMax == .max)
        #expect(try Configuration().set("maxmemory", "99999999999999gb").memory.byteCountMax == .max)
        #expect(Configuration().setError("hash-max-listpack-value", "99999999999999999999") != nil)
    }
}
