internal import CSnug
internal import Glibc

/// C's `long double`, in which Redis adds decimal numbers: 64 bits of precision on x86-64, 113 on most others.
public struct LongDouble: BitwiseCopyable, Sendable {
    private var value: snug_long_double

    private init() { value = snug_long_double() }

    public static let zero = LongDouble()

    /// Reads a number as `strtold` does ("inf" and hexadecimal included), but strictly: no blanks, nothing behind it,
    /// no "nan", not too large or too small for the type, fewer than 5120 bytes. Nil for anything else.
    public init?(_ text: RawSpan) {
        self.init()
        let isNumber = unsafe text.withUnsafeBytes { bytes in
            // SAFETY: the buffer is read only during the call, for as many bytes as it has; an empty one is not read.
            unsafe snug_long_double_parse(bytes.baseAddress, bytes.count, &value)
        }
        guard isNumber else { return nil }
    }

    /// The same number.
    public init(_ number: Double) {
        self.init()
        // SAFETY: the value outlives the call, which only writes it.
        unsafe snug_long_double_from(number, &value)
    }

    /// Whether the number is not infinite.
    public var isFinite: Bool { LongDouble.zero.adding(self) != nil }

    /// The sum, or nil when it is not finite.
    public func adding(_ other: LongDouble) -> LongDouble? {
        var sum = self
        let isFinite = unsafe withUnsafePointer(to: value) { left in
            unsafe withUnsafePointer(to: other.value) { right in
                // SAFETY: all three outlive the call.
                unsafe snug_long_double_add(left, right, &sum.value)
            }
        }
        return isFinite ? sum : nil
    }

    /// The difference of two finite numbers, or nil when it is not finite.
    public func subtracting(_ other: LongDouble) -> LongDouble? {
        var difference = self
        let isFinite = unsafe withUnsafePointer(to: value) { left in
            unsafe withUnsafePointer(to: other.value) { right in
                // SAFETY: all three outlive the call.
                unsafe snug_long_double_subtract(left, right, &difference.value)
            }
        }
        return isFinite ? difference : nil
    }

    /// Whether this is more than the other.
    public func isAbove(_ other: LongDouble) -> Bool {
        unsafe withUnsafePointer(to: value) { left in
            unsafe withUnsafePointer(to: other.value) { right in
                // SAFETY: both outlive the call.
                unsafe snug_long_double_compare(left, right) > 0
            }
        }
    }

    /// The sum of two finite numbers and whether it is finite and lies between the bounds; when it does not, in its
    /// place the bound that it passes, or the outermost finite number where that is nearer.
    public func adding(
        _ other: LongDouble, from lower: LongDouble?, to upper: LongDouble?
    ) -> (sum: LongDouble, isInside: Bool) {
        var sum = self
        let (least, most) = (lower ?? self, upper ?? self)
        let side = unsafe withUnsafePointer(to: value) { left in
            unsafe withUnsafePointer(to: other.value) { right in
                unsafe withUnsafePointer(to: least.value) { least in
                    unsafe withUnsafePointer(to: most.value) { most in
                        // SAFETY: all five outlive the call, which takes null for a bound that is not there.
                        unsafe snug_long_double_add_between(
                            left, right, lower == nil ? nil : least, upper == nil ? nil : most, &sum.value)
                    }
                }
            }
        }
        return (sum, side == 0)
    }
}

extension GrowableBytes {
    /// Appends a finite number with at most 17 digits behind the point and no zeros at the end, as Redis writes the
    /// result of INCRBYFLOAT. At most 4,953 bytes, seldom above 40.
    public mutating func append(_ number: LongDouble) {
        var room = 64
        while true {
            reserve(room)
            // SAFETY: `reserve` left `room` bytes behind the first `count`.
            let written = unsafe number.format(into: base.unsafelyUnwrapped + count, capacity: room)
            if written <= room {
                used += written
                return
            }
            room = written
        }
    }
}

extension LongDouble {
    /// Writes the number; returns how many bytes it took, or how many it would take when that is above `capacity`.
    fileprivate func format(into place: UnsafeMutableRawPointer, capacity: Int) -> Int {
        unsafe withUnsafePointer(to: value) { pointer in
            // SAFETY: the caller reserved `capacity` bytes at `place`; `pointer` is valid during the call.
            unsafe snug_long_double_format(pointer, place, capacity)
        }
    }
}
