import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct IntegerColumnTests {
    /// The smallest width that holds all of the numbers.
    private func width(of numbers: [UInt64]) -> UInt8 { IntegerColumn.width(of: numbers.max() ?? 0) }

    /// Every width with numbers of which few, one or none need it, in a block whose other bits are all set.
    @Test(arguments: UInt8(0)...11)
    func replacingKeepsTheWidthThatIsNeeded(width: UInt8) {
        var random = RandomSource(seed: newSeed("replacing(\(width))"))
        let byteCount = 64 * 8 + 8
        let block = Block.allocate(byteCount: byteCount)
        defer { block.free() }
        for count in 1...64 {
            block.fill(0xff, at: 0, byteCount: byteCount)
            let column = IntegerColumn(block: block, offset: 3, width: width)
            let largest = IntegerColumn.largest(width)
            let narrower = width == 0 ? 0 : IntegerColumn.largest(width - 1)
            func number() -> UInt64 {
                let bound = random.next(below: 8) == 0 ? largest : narrower
                return random.next() & bound
            }
            var numbers = (0..<count).map { _ in number() }
            numbers[Int(random.next(below: UInt64(count)))] = largest
            for index in 0..<count { column[index] = numbers[index] }
            for _ in 0..<200 {
                let index = Int(random.next(below: UInt64(count)))
                var replaced = numbers
                replaced[index] = number()
                let isReplaced = column.replace(at: index, with: replaced[index], count: count)
                // Only a column that already has more width than it needs may keep it.
                #expect(isReplaced == (self.width(of: replaced) == width || replaced[index] >= numbers[index]))
                if isReplaced { numbers = replaced }
                for index in 0..<count { #expect(column[index] == numbers[index]) }
            }
        }
    }
}
