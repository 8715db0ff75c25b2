internal import SnugMemory

/// A cell of the map: at step n the earth is 2^n columns from west to east and 2^n rows from south to north.
///
///     bits of step 26: c₂₅ r₂₅ c₂₄ r₂₄ … c₁ r₁ c₀ r₀        column and row in turn, 52 bits
///
/// The number of a cell with all those inside it on finer steps is one range of numbers of step 26, and so one range of
/// the scores of a sorted set. Places on the eastern and northern edge of the map have a column or row of 2^n.
struct GeoCell: BitwiseCopyable, Equatable {
    /// From the south.
    let row: UInt32
    /// From the west.
    let column: UInt32
    let step: Int

    /// The finest cells are some 60 centimeters wide at the equator.
    static let stepMax = 26

    init(row: UInt32, column: UInt32, step: Int) {
        self.row = row
        self.column = column
        self.step = step
    }

    init(bits: UInt64, step: Int) {
        self.init(row: Self.squeezed(bits), column: Self.squeezed(bits >> 1), step: step)
    }

    /// The cell around a point.
    init(_ point: GeoPoint, step: Int) {
        self.init(bits: Self.bits(point, latitudeMax: GeoPoint.latitudeMax, step: step), step: step)
    }

    var bits: UInt64 { Self.spread(row) | Self.spread(column) << 1 }

    /// The number of the cell around a point on a map that ends at `latitudeMax` in the north and south.
    static func bits(_ point: GeoPoint, latitudeMax: Double, step: Int) -> UInt64 {
        let count = Double(1 << step)
        let north = (point.latitude + latitudeMax) / (latitudeMax + latitudeMax)
        let east = (point.longitude + GeoPoint.longitudeMax) / (GeoPoint.longitudeMax + GeoPoint.longitudeMax)
        // Both are at least 0 and at most 1, so that the products are at most 2^26.
        return spread(UInt32(north * count)) | spread(UInt32(east * count)) << 1
    }

    /// The edges in degrees.
    var bounds: GeoBounds {
        let count = Double(1 << step)
        let (height, width) = (GeoPoint.latitudeMax + GeoPoint.latitudeMax, GeoPoint.longitudeMax * 2)
        return GeoBounds(
            west: -GeoPoint.longitudeMax + (Double(column) / count) * width,
            south: -GeoPoint.latitudeMax + (Double(row) / count) * height,
            east: -GeoPoint.longitudeMax + (Double(column &+ 1) / count) * width,
            north: -GeoPoint.latitudeMax + (Double(row &+ 1) / count) * height)
    }

    /// The lowest score of a point in the cell, and the lowest of one behind all of them.
    var scores: (first: Double, end: Double) {
        let shift = UInt64(2 * (Self.stepMax - step))
        return (Double(bits << shift), Double((bits &+ 1) << shift))
    }

    /// The cell so many columns to the east and rows to the north; behind the edge of the map comes the other one.
    func moved(east: Int32, north: Int32) -> GeoCell {
        let mask = (UInt32(1) << UInt32(step)) &- 1
        func moved(_ number: UInt32, by distance: Int32) -> UInt32 {
            distance == 0 ? number : (number &+ UInt32(bitPattern: distance)) & mask
        }
        return GeoCell(row: moved(row, by: north), column: moved(column, by: east), step: step)
    }

    /// The 32 bits of a number at the even places of 64.
    private static func spread(_ number: UInt32) -> UInt64 {
        var word = UInt64(number)
        word = (word | word << 16) & 0x0000_ffff_0000_ffff
        word = (word | word << 8) & 0x00ff_00ff_00ff_00ff
        word = (word | word << 4) & 0x0f0f_0f0f_0f0f_0f0f
        word = (word | word << 2) & 0x3333_3333_3333_3333
        return (word | word << 1) & 0x5555_5555_5555_5555
    }

    private static func squeezed(_ bits: UInt64) -> UInt32 {
        var word = bits & 0x5555_5555_5555_5555
        word = (word | word >> 1) & 0x3333_3333_3333_3333
        word = (word | word >> 2) & 0x0f0f_0f0f_0f0f_0f0f
        word = (word | word >> 4) & 0x00ff_00ff_00ff_00ff
        word = (word | word >> 8) & 0x0000_ffff_0000_ffff
        return UInt32(truncatingIfNeeded: word | word >> 16)
    }
}

/// The edges of a part of the map in degrees; they may lie outside of it.
struct GeoBounds: BitwiseCopyable {
    let west, south, east, north: Double
}
