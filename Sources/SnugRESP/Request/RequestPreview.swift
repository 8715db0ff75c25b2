internal import SnugMemory

/// Looks ahead in bytes that are to be parsed: the first arguments of whole commands, as far as these are arrays of
/// short bulk strings written in the common way. It decides nothing: what it does not understand ends it, and the
/// parser says later what that is. About a hundred instructions a command.
package struct RequestPreview: ~Copyable, ~Escapable {
    private let staysInPlace = StaysInPlace()
    private let bytes: RawSpan
    /// Where the command behind those that were seen begins.
    package private(set) var offset = 0
    private var namePlace = ArgumentSlot(offset: 0, byteCount: 0)
    private var keyPlace = ArgumentSlot(offset: 0, byteCount: 0)
    private var secondPlace = ArgumentSlot(offset: 0, byteCount: 0)
    private var lastPlace = ArgumentSlot(offset: 0, byteCount: 0)

    @_lifetime(copy bytes)
    package init(_ bytes: RawSpan) {
        self.bytes = bytes
    }

    /// Goes on to the next command that has an argument, over those that have none. False at the end, and when a
    /// command is not whole or not understood.
    package mutating func next() -> Bool {
        while let argumentCount = pass() {
            if argumentCount > 0 { return true }
        }
        return false
    }

    /// Goes on to the next command and returns how many arguments it has.
    private mutating func pass() -> Int? {
        guard let header = bytes.commonArrayHeader(at: offset) else { return nil }
        var place = header.end
        for number in 0..<header.count {
            guard let slot = bytes.commonArgument(at: place) else { return nil }
            if number == 0 { namePlace = slot }
            if number == 1 { keyPlace = slot }
            if number == 2 { secondPlace = slot }
            lastPlace = slot
            place = slot.offset &+ slot.byteCount &+ 2
        }
        if header.count == 2 { secondPlace = keyPlace }
        offset = place
        return header.count &- 1
    }

    /// The command's name.
    package var name: RawSpan {
        @_lifetime(copy self) get { bytes.slice(from: namePlace.offset, count: namePlace.byteCount) }
    }

    /// The first argument of the command.
    package var key: RawSpan {
        @_lifetime(copy self) get { bytes.slice(from: keyPlace.offset, count: keyPlace.byteCount) }
    }

    /// The argument behind it, or the first one again.
    package var second: RawSpan {
        @_lifetime(copy self) get { bytes.slice(from: secondPlace.offset, count: secondPlace.byteCount) }
    }

    package var last: RawSpan {
        @_lifetime(copy self) get { bytes.slice(from: lastPlace.offset, count: lastPlace.byteCount) }
    }
}
