internal import SnugMemory

/// The order in which a table shows its fields.
extension FieldTable {
    /// The largest number of an addition: 24 bits.
    static let additionMax: Int64 = 1 << 24 - 1

    /// Where the records are, in the table's order. A walk, and sorting.
    func placesInOrder() -> [RecordPlace] {
        switch order {
        case .none: places { _ in 0 }.map(\.place)
        case .rising: places { self.number(of: $0) }.sorted { $0.rank < $1.rank }.map(\.place)
        case .addition where map.expiringCount == 0:
            places { Int64($0.access ?? 0) }.sorted { $0.rank < $1.rank }.map(\.place)
        case .addition:
            places { ExpiringRank(expiry: $0.expiry ?? .max, addition: $0.access ?? 0) }
                .sorted { $0.rank < $1.rank }.map(\.place)
        }
    }

    private func places<Rank>(
        _ rank: (PackedMap.Location) -> Rank
    ) -> [(rank: Rank, place: RecordPlace)] {
        var places: [(rank: Rank, place: RecordPlace)] = []
        places.reserveCapacity(count)
        map.forEach { places.append((rank($0), RecordPlace($0))) }
        return places
    }

    private func number(of location: PackedMap.Location) -> Int64 {
        Record(location, in: vocabulary).withKey { $0.canonicalInteger } ?? 0
    }
}

/// By expiry, and then by addition.
private struct ExpiringRank: Comparable {
    let expiry: Int64
    let addition: UInt32

    static func < (left: ExpiringRank, right: ExpiringRank) -> Bool {
        left.expiry != right.expiry ? left.expiry < right.expiry : left.addition < right.addition
    }
}

/// What tells one record of a map from the others while the map does not change.
struct RecordPlace: Hashable {
    fileprivate let bucket: UInt32
    fileprivate let run: UInt32
    fileprivate let index: UInt8

    init(_ location: PackedMap.Location) {
        bucket = UInt32(location.bucket)
        run = UInt32(location.head?.run ?? 0)
        index = UInt8(location.index)
    }
}

extension PackedMap {
    /// The record at a place. A step for each run of the pack before it.
    func location(of place: RecordPlace) -> Location {
        let bucket = Int(place.bucket)
        guard let pack = Pack(bits: directory.bits(of: bucket)) else {
            preconditionFailure("a place in a pack that is not there")
        }
        let head = RunHead(pack: pack, run: Int(place.run))
        return Location(bucket: bucket, index: Int(place.index), head: head, body: head.body(in: vocabulary.value))
    }
}
