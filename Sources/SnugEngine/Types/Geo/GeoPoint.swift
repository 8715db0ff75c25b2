package import SnugMemory

/// A place on the earth in degrees, as far north and south as the projection of web maps goes.
package struct GeoPoint: BitwiseCopyable, Sendable, Equatable {
    /// -180 in the west through 180 in the east.
    package let longitude: Double
    /// `-latitudeMax` in the south through `latitudeMax` in the north.
    package let latitude: Double

    package static let longitudeMax = 180.0
    package static let latitudeMax = 85.05112878

    /// Nil outside of the bounds.
    package init?(longitude: Double, latitude: Double) {
        guard abs(longitude) <= Self.longitudeMax && abs(latitude) <= Self.latitudeMax else { return nil }
        self.longitude = longitude
        self.latitude = latitude
    }

    /// The middle of the cell that a score stands for. A number that is no point's score gives some point.
    package init(score: Double) {
        let bounds = GeoCell(bits: Self.bits(of: score), step: GeoCell.stepMax).bounds
        let (longitude, latitude) = ((bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2)
        self.longitude = max(-Self.longitudeMax, min(Self.longitudeMax, longitude))
        self.latitude = max(-Self.latitudeMax, min(Self.latitudeMax, latitude))
    }

    /// A score as 64 bits: its whole part, in two's complement when negative, some number when it is too large.
    private static func bits(of score: Double) -> UInt64 {
        if let bits = Int64(exactly: score.rounded(.towardZero)) { return UInt64(bitPattern: bits) }
        if let bits = UInt64(exactly: score.rounded(.towardZero)) { return bits }
        return score < 0 ? 1 << 63 : 0
    }

    /// The number of the point's finest cell: 52 bits, longitude and latitude in turn (`GeoCell`).
    package var score: Double { Double(GeoCell(self, step: GeoCell.stepMax).bits) }

    /// Appends the eleven characters of the point's standard geohash, of which the last is always 0.
    package func appendGeohash(to text: inout GrowableBytes) {
        let bits = GeoCell.bits(self, latitudeMax: 90, step: GeoCell.stepMax)
        withBytes(of: "0123456789bcdefghjkmnpqrstuvwxyz") { characters in
            for place in 0..<10 { text.append(characters[Int(bits >> UInt64(47 - place * 5) & 31)]) }
            text.append(characters[0])
        }
    }

    // MARK: Distances

    static let earthRadiusMeters = 6372797.560856

    static func radians(_ degrees: Double) -> Double { degrees * (Double.pi / 180) }
    static func degrees(_ radians: Double) -> Double { radians / (Double.pi / 180) }

    /// How many degrees of a meridian, or of the equator, a distance in meters is.
    static func degrees(ofMeters meters: Double) -> Double { degrees(meters / earthRadiusMeters) }

    /// Meters to another point along the great circle, by the haversine formula on a sphere.
    package func distance(to other: GeoPoint) -> Double {
        let (latitude, otherLatitude) = (Self.radians(latitude), Self.radians(other.latitude))
        let v = ((Self.radians(other.longitude) - Self.radians(longitude)) / 2).sine
        if v == 0 { return Self.earthRadiusMeters * abs(otherLatitude - latitude) }
        let u = ((otherLatitude - latitude) / 2).sine
        let a = u * u + latitude.cosine * otherLatitude.cosine * v * v
        return 2 * Self.earthRadiusMeters * a.squareRoot().arcSine
    }

    /// Meters to the parallel of another point.
    func northwardDistance(to other: GeoPoint) -> Double {
        Self.earthRadiusMeters * abs(Self.radians(other.latitude) - Self.radians(latitude))
    }

    /// Meters to the meridian of another point, along this point's parallel's great circle.
    func eastwardDistance(to other: GeoPoint) -> Double {
        let shifted = GeoPoint(onParallelOf: self, longitude: other.longitude)
        return shifted.distance(to: self)
    }

    private init(onParallelOf point: GeoPoint, longitude: Double) {
        self.longitude = longitude
        latitude = point.latitude
    }
}
