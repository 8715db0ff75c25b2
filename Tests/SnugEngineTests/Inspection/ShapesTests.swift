import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct ShapesTests {
    private func partition(databaseCount: Int = 2) -> Partition {
        var partition = Partition(
            databaseCount: databaseCount, hasher: KeyedHash(key0: 1, key1: 2), seed: 3, packByteCountMean: 128)
        partition.now = 1_000_000
        return partition
    }

    private func name(_ shape: ShapeFigures, _ partition: borrowing Partition) -> String {
        var text = GrowableBytes()
        partition.appendName(of: shape, to: &text)
        return text.bytes.makeString()
    }

    private func fill(_ partition: inout Partition) {
        for number in 0..<1000 {
            partition.setString(bytes("user:\(number):blocked").rawBytes, to: bytes("1").rawBytes)
        }
        for number in 0..<200 {
            let text = bytes(String(repeating: "x", count: 300))
            partition.setString(bytes("page:\(number * 1000)").rawBytes, to: text.rawBytes, expiry: .set(5_000_000))
        }
    }

    @Test func shapesCountKeysBytesAndExpiries() {
        var partition = partition()
        fill(&partition)
        partition.selected = 1
        partition.setString(bytes("user:7:blocked").rawBytes, to: bytes("1").rawBytes, expiry: .set(5_000_000))
        let byBytes = partition.largestShapes(by: .bytes, atMost: 20)
        let byKeys = partition.largestShapes(by: .keys, atMost: 20)
        #expect(byBytes.prefix(2).map { name($0, partition) } == ["page:#", "user:#:blocked"])
        #expect(byKeys.prefix(2).map { name($0, partition) } == ["user:#:blocked", "page:#"])
        #expect(byBytes.reduce(0) { $0 + $1.keys } == 1201)
        #expect(byBytes.reduce(0) { $0 + $1.expiring } == 201)
        #expect(byBytes[0].bytes > 200 * 300 && byBytes[1].bytesPerKey < 5)
        #expect(byKeys[0].expiring == 1)
        partition.audit()
    }

    @Test func keysOfShapesThatAreNotKeptComeLast() {
        var partition = partition()
        fill(&partition)
        partition.setString(bytes("never again: \(0x1234_5678)-x").rawBytes, to: bytes("1").rawBytes)
        let limited = partition.largestShapes(by: .keys, atMost: 1)
        #expect(limited.count == 2 && limited[1].template == nil && limited[1].keys > 0)
        #expect(name(limited[1], partition) == "<other>")
        #expect(partition.largestShapes(by: .keys, atMost: 0).map(\.template) == [nil])
        _ = partition.flush(database: 0)
        #expect(partition.largestShapes(by: .bytes, atMost: 20).isEmpty)
    }

    /// What tells the name of a shape from that of the others.
    @Test func everyTemplateHasAToken() {
        var random = RandomSource(seed: newSeed())
        var reader = KeyReader(hasher: KeyedHash(key0: 1, key1: 2))
        let pieces = ["", "<other>", ":", "a", "user", "@", "|", "#", "*", "7", "00", "0123456789abcdef", "ä", "\u{1}"]
        for _ in 0..<20_000 {
            let key = (0..<random.next(below: 7)).map { _ in pieces[Int(random.next(below: UInt64(pieces.count)))] }
            reader.read(bytes(key.joined()).rawBytes)
            var text = GrowableBytes()
            appendDisplayedTemplate(reader.template, to: &text)
            let shown = text.bytes.makeString()
            let hasToken = ["#", "*", "<uuid>", "<UUID>", "<hex", "<HEX"].contains { shown.contains($0) }
            #expect(hasToken, "\(key) is \(shown)")
        }
    }
}
