import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct GeoPointTests {
    private func geohash(_ point: GeoPoint) -> String {
        var text = GrowableBytes()
        point.appendGeohash(to: &text)
        return text.bytes.makeString()
    }

    /// The figures of Redis's documentation.
    @Test func knownPlaces() throws {
        let palermo = try #require(GeoPoint(longitude: 13.361389, latitude: 38.115556))
        let catania = try #require(GeoPoint(longitude: 15.087269, latitude: 37.502669))
        #expect(palermo.score == 3_479_099_956_230_698 && catania.score == 3_479_447_370_796_909)
        let (first, second) = (GeoPoint(score: palermo.score), GeoPoint(score: catania.score))
        #expect(abs(first.distance(to: second) - 166_274.1516) < 0.0001)
        #expect(geohash(first) == "sqc8b49rny0" && geohash(second) == "sqdtr74hyu0")
    }

    @Test func boundsAreKept() {
        #expect(GeoPoint(longitude: 180, latitude: -85.05112878) != nil)
        #expect(GeoPoint(longitude: 180.000001, latitude: 0) == nil)
        #expect(GeoPoint(longitude: 0, latitude: 85.0511288) == nil)
        #expect(GeoPoint(longitude: .nan, latitude: 0) == nil && GeoPoint(longitude: 0, latitude: .infinity) == nil)
    }

    /// A score leads back to within half a cell, and a cell's number to its row and column.
    @Test func scoresLeadBack() throws {
        var random = RandomSource(seed: newSeed())
        for _ in 0..<20_000 {
            let point = try #require(GeoPoint.random(&random))
            let back = GeoPoint(score: point.score)
            #expect(abs(back.longitude - point.longitude) <= 360.0 / Double(1 << 27) + 1e-9)
            #expect(abs(back.latitude - point.latitude) <= 171.0 / Double(1 << 27) + 1e-9)
            #expect(back.score == point.score)
            let cell = GeoCell(point, step: Int(random.next(below: 26)) + 1)
            #expect(GeoCell(bits: cell.bits, step: cell.step) == cell)
            let scores = cell.scores
            #expect(scores.first <= point.score && point.score < scores.end)
            #expect(cell.moved(east: 1, north: -1).moved(east: -1, north: 1) == cell)
        }
    }

    /// Numbers that are no scores of places give some place.
    @Test(arguments: [
        0, -1, 1.5, -1.5, 4_503_599_627_370_496, 1e18, 9.3e18, 1e19, -1e19, 1e300, -1e300, .infinity, -.infinity,
    ]) func anyScoreIsAPlace(score: Double) {
        let point = GeoPoint(score: score)
        #expect(abs(point.longitude) <= 180 && abs(point.latitude) <= GeoPoint.latitudeMax)
    }
}

extension GeoPoint {
    /// Anywhere up to a latitude.
    static func random(_ random: inout RandomSource, latitudeMax: Double = GeoPoint.latitudeMax) -> GeoPoint? {
        func between(_ limit: Double) -> Double { (Double(random.next() >> 11) / Double(1 << 53) * 2 - 1) * limit }
        return GeoPoint(longitude: between(180), latitude: between(latitudeMax))
    }
}
