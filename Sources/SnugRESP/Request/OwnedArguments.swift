internal import SnugMemory

/// A copy of a command's arguments that outlives the request: what MULTI queues, what a pause holds back, what SLOWLOG
/// and MONITOR keep.
package struct OwnedArguments: Sendable {
    private let storage: [UInt8]
    private let slots: [ArgumentSlot]

    /// Copies every argument; costs their bytes.
    package init(_ arguments: borrowing Arguments) {
        var storage: [UInt8] = []
        storage.reserveCapacity(arguments.byteCount)
        var slots: [ArgumentSlot] = []
        slots.reserveCapacity(arguments.count)
        for index in 0..<arguments.count {
            let argument = arguments[index]
            slots.append(ArgumentSlot(offset: storage.count, byteCount: argument.byteCount))
            storage.append(contentsOf: argument.makeArray())
        }
        self.storage = storage
        self.slots = slots
    }

    package init(_ words: [[UInt8]]) {
        var storage: [UInt8] = []
        var slots: [ArgumentSlot] = []
        for word in words {
            slots.append(ArgumentSlot(offset: storage.count, byteCount: word.count))
            storage.append(contentsOf: word)
        }
        self.storage = storage
        self.slots = slots
    }

    package var count: Int { slots.count }

    /// Bytes that the copy holds.
    package var byteCount: Int { storage.count + slots.count * MemoryLayout<ArgumentSlot>.stride }

    /// The arguments, borrowed.
    package var arguments: Arguments {
        @_lifetime(borrow self)
        get { Arguments(base: storage.rawBytes, slots: slots.span) }
    }

    /// The argument at `index` as bytes of its own.
    package subscript(_ index: Int) -> [UInt8] {
        let slot = slots[index]
        return Array(storage[slot.offset..<slot.offset + slot.byteCount])
    }
}
