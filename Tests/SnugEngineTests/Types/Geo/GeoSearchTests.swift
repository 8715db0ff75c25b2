import SnugMemory
import Testing

@testable import SnugEngine

/// Searches by cells beside a walk over all places.
@Suite struct GeoSearchTests {
    private struct Places: ~Copyable {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
        var points: [(member: [UInt8], point: GeoPoint)] = []

        init(count: Int, _ random: inout RandomSource) throws {
            var set = try partition.openSortedSet(bytes("g").rawBytes, forMemberCount: count)
            for number in 0..<count {
                guard let point = GeoPoint.random(&random, latitudeMax: 70) else { continue }
                let member = bytes("place:\(number)")
                _ = set.update(member.rawBytes) { _ in point.score }
                points.append((member, GeoPoint(score: point.score)))
            }
            partition.closeSortedSet(bytes("g").rawBytes, &set, changeCount: count)
        }

        mutating func found(_ area: GeoArea, atMost limit: Int = .max) throws -> [[UInt8]] {
            var members: [[UInt8]] = []
            guard let set = try partition.sortedSet(bytes("g").rawBytes) else { return [] }
            let matches = set.matches(in: area, atMost: limit)
            matches.forEach(first: matches.count) { member, _ in members.append(member.makeArray()) }
            return members
        }
    }

    private static func area(_ center: GeoPoint, _ random: inout RandomSource) -> GeoArea {
        // From meters to two thousand kilometers; farther around a pole is within reach no longer.
        func length() -> Double {
            Double(1 << random.next(below: 22)) * (1 + Double(random.next(below: 1000)) / 1000) / 2
        }
        let meters = [1, 1000, 0.3048, 1609.34][Int(random.next(below: 4))]
        let shape: GeoArea.Shape =
            random.next(below: 2) == 0
            ? .circle(radius: length() / meters) : .box(width: length() / meters, height: length() / meters)
        return GeoArea(center, shape, meters: meters)
    }

    @Test(arguments: [60, 5_000]) func cellsFindAllPlaces(count: Int) throws {
        var random = RandomSource(seed: newSeed())
        var places = try Places(count: count, &random)
        var foundCount = 0
        for _ in 0..<400 {
            guard let center = GeoPoint.random(&random, latitudeMax: 60) else { continue }
            let area = Self.area(center, &random)
            let expected = places.points.filter { area.distance(to: $0.point) != nil }.map(\.member)
            let found = try places.found(area)
            #expect(found.count == Set(found).count && Set(found) == Set(expected), "\(area)")
            foundCount += found.count
            let cells = area.cells
            #expect(cells.count <= 9 && cells.indices.allSatisfy { !cells[..<$0].contains(cells[$0]) })
        }
        #expect(foundCount > 0)
    }

    @Test func limitsStopTheSearch() throws {
        var random = RandomSource(seed: 7)
        var places = try Places(count: 2_000, &random)
        let center = try #require(GeoPoint(longitude: 0, latitude: 0))
        let area = GeoArea(center, .circle(radius: 5_000), meters: 1000)
        let all = try places.found(area)
        #expect(all.count > 100)
        for limit in [1, 2, 50, all.count, all.count + 1] {
            #expect(try places.found(area, atMost: limit) == Array(all.prefix(limit)))
        }
    }

    /// On coarse steps every cell is its neighbours' neighbour; none may be searched twice.
    @Test func theWholeMapIsSearchedOnce() throws {
        var random = RandomSource(seed: newSeed())
        var places = try Places(count: 500, &random)
        for radius in [8_000, 12_000, 16_000, 20_100, 1e9, .infinity] {
            guard let center = GeoPoint.random(&random) else { continue }
            let found = try places.found(GeoArea(center, .circle(radius: radius), meters: 1000))
            #expect(found.count == Set(found).count)
            if radius > 20_037 { #expect(found.count == 500) }
        }
    }
}
