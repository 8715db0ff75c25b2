internal import SnugClient

/// What is stored, as a rule instead of a list: any process that knows these six words can write, read and remove it.
/// All commands of an item are written into a buffer; nothing is kept for each item.
struct Workload: Equatable {
    enum Layout: Equatable {
        case plain
        /// Hashes of so many fields; of about so many when names are spread by a hash.
        case buckets(fieldCount: Int)
    }

    var layout: Layout
    var names: Names
    var values: Values
    var itemCount: Int
    var seed: UInt64

    /// How many keys the server holds when all items are there.
    var keyCount: Int {
        switch layout {
        case .plain: itemCount
        case .buckets(let fieldCount): (itemCount + fieldCount - 1) / fieldCount
        }
    }

    // MARK: Commands

    /// SET or HSET of item `index`.
    func store(_ index: Int, _ output: inout CommandBuffer) {
        switch layout {
        case .plain:
            output.begin(3)
            output.argument("SET")
            output.argument { plainKey(index, &$0) }
        case .buckets(let fieldCount):
            output.begin(4)
            output.argument("HSET")
            output.argument { bucketKey(bucket(index, fieldCount), &$0) }
            output.argument { names.append(index, seed: seed, to: &$0) }
        }
        output.argument { values.append(index, seed: seed, to: &$0) }
    }

    /// GET or HGET of item `index`.
    func fetch(_ index: Int, _ output: inout CommandBuffer) {
        switch layout {
        case .plain:
            output.begin(2)
            output.argument("GET")
            output.argument { plainKey(index, &$0) }
        case .buckets(let fieldCount):
            output.begin(3)
            output.argument("HGET")
            output.argument { bucketKey(bucket(index, fieldCount), &$0) }
            output.argument { names.append(index, seed: seed, to: &$0) }
        }
    }

    /// DEL of the keys in `range`, numbers below `keyCount`.
    func remove(_ range: Range<Int>, _ output: inout CommandBuffer) {
        output.begin(range.count + 1)
        output.argument("DEL")
        for number in range { output.argument { key(number, &$0) } }
    }

    /// Key number `number` of those that the server holds.
    func key(_ number: Int, _ bytes: inout [UInt8]) {
        if case .plain = layout { plainKey(number, &bytes) } else { bucketKey(number, &bytes) }
    }

    /// The item that a random read or write number `index` takes.
    func randomItem(_ index: Int) -> Int { Mixing.number(seed ^ 0x6f_7264_6572, index, below: itemCount) }

    // MARK: Names

    private func plainKey(_ index: Int, _ bytes: inout [UInt8]) {
        guard names == .flag else { return names.append(index, seed: seed, to: &bytes) }
        bytes.append(contentsOf: "user:".utf8)
        names.append(index, seed: seed, to: &bytes)
        bytes.append(contentsOf: ":blocked".utf8)
    }

    private func bucketKey(_ bucket: Int, _ bytes: inout [UInt8]) {
        if names == .flag { bytes.append(contentsOf: "user:blocked:".utf8) }
        CommandBuffer.appendDecimal(bucket, to: &bytes)
    }

    private func bucket(_ index: Int, _ fieldCount: Int) -> Int {
        if names.isNumeric { return index / fieldCount }
        var name: [UInt8] = []
        names.append(index, seed: seed, to: &name)
        return Int(Mixing.hash(name).multipliedFullWidth(by: UInt64(keyCount)).high)
    }
}

// MARK: - As a line of words

extension Workload {
    /// Such as `buckets:1000 flag flag 1000000 42`.
    var line: String {
        let layoutWord =
            switch layout {
            case .plain: "plain"
            case .buckets(let fieldCount): "buckets:\(fieldCount)"
            }
        let valueWord =
            switch values {
            case .flag: "flag"
            case .small: "small"
            case .text(let byteCount): "text:\(byteCount)"
            }
        return "\(layoutWord) \(names.rawValue) \(valueWord) \(itemCount) \(seed)"
    }

    init?(line: String) {
        let words = line.split(separator: " ")
        guard words.count == 5, let names = Names(rawValue: String(words[1])), let itemCount = Int(words[3]),
            let seed = UInt64(words[4]), itemCount > 0
        else { return nil }
        let layoutParts = words[0].split(separator: ":")
        let valueParts = words[2].split(separator: ":")
        switch (layoutParts.first, layoutParts.dropFirst().first.flatMap { Int($0) }) {
        case ("plain", nil): layout = .plain
        case ("buckets", let count?) where count > 0: layout = .buckets(fieldCount: count)
        default: return nil
        }
        switch (valueParts.first, valueParts.dropFirst().first.flatMap { Int($0) }) {
        case ("flag", nil): values = .flag
        case ("small", nil): values = .small
        case ("text", let count?) where count > 0: values = .text(byteCount: count)
        default: return nil
        }
        self.names = names
        self.itemCount = itemCount
        self.seed = seed
    }
}
