/// Lets through one line a second for each shape of key, and counts those that are left out.
///
/// A shape is kept from its line on until a second is over in which none was left out; the count is told by the next
/// line, or by itself when none comes within two seconds. At most 256 shapes are kept at a time; those beyond share one
/// line a second, so that a client that makes up shapes cannot fill the log.
struct LineLimiter {
    static let shapeCountMax = 256
    /// Milliseconds between two lines for the same shape.
    static let interval: Int64 = 1000
    /// Milliseconds after which a count is told by itself.
    static let patience: Int64 = 2000
    /// What shapes beyond the bound are counted under.
    static let others = Array("<other>".utf8)

    private struct Window {
        /// When the last line was, milliseconds of a clock that does not jump.
        var start: Int64
        var leftOut = 0
    }

    /// Lines that have been left out, to be told now.
    struct LeftOut: Equatable {
        let shape: [UInt8]
        let count: Int
    }

    private var windows: [[UInt8]: Window] = [:]
    /// How many lines have been left out in all.
    private(set) var leftOutCount: UInt64 = 0

    /// How many lines for the shape have been left out since the last one, or nil when this one is to be left out too.
    mutating func admit(_ shape: [UInt8], now: Int64) -> Int? {
        let isKnown = windows[shape] != nil
        if !isKnown && windows.count >= Self.shapeCountMax { forgetQuiet(now: now) }
        let name = isKnown || windows.count < Self.shapeCountMax ? shape : Self.others
        guard let window = windows[name], now - window.start < Self.interval else {
            let leftOut = windows[name]?.leftOut ?? 0
            windows[name] = Window(start: now)
            return leftOut
        }
        windows[name]?.leftOut += 1
        leftOutCount &+= 1
        return nil
    }

    /// The counts that no line has told for so long that they are to be told now. Cheap when nothing has been admitted
    /// lately.
    mutating func takeLeftOut(now: Int64) -> [LeftOut] {
        if windows.isEmpty { return [] }
        var found: [LeftOut] = []
        for (shape, window) in windows where window.leftOut > 0 && now - window.start >= Self.patience {
            found.append(LeftOut(shape: shape, count: window.leftOut))
            windows[shape] = Window(start: now)
        }
        forgetQuiet(now: now)
        return found.sorted { $0.shape.lexicographicallyPrecedes($1.shape) }
    }

    mutating func resetCount() { leftOutCount = 0 }

    private mutating func forgetQuiet(now: Int64) {
        windows = windows.filter { $1.leftOut > 0 || now - $1.start < Self.interval }
    }

    /// Bytes of the table, without what the allocator adds.
    var byteCount: Int {
        windows.keys.reduce(windows.capacity * MemoryLayout<(key: [UInt8], value: Window)>.stride) { $0 + $1.count }
    }
}
