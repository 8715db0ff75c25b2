internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Reading places and lengths, with Redis's errors.
extension Arguments {
    /// The point whose longitude stands at `index` and whose latitude stands behind it.
    func geoPoint(at index: Int, _ reply: inout ReplyWriter) throws(CommandError) -> GeoPoint {
        guard let longitude = self[index].double, let latitude = self[index + 1].double else { throw .notFloat }
        if let point = GeoPoint(longitude: longitude, latitude: latitude) { return point }
        var text = GrowableBytes()
        text.append("ERR invalid longitude,latitude pair ")
        text.append(fixed: longitude, digits: 6)
        text.append(UInt8(ascii: ","))
        text.append(fixed: latitude, digits: 6)
        throw reply.refusal(bytes: text.bytes.makeArray())
    }

    /// The radius at `index`, with its unit behind it.
    func circle(
        at index: Int, _ reply: inout ReplyWriter
    ) throws(CommandError) -> (shape: GeoArea.Shape, meters: Double) {
        let radius = try length(at: index, "ERR need numeric radius", &reply)
        if radius < 0 { throw reply.refusal("ERR radius cannot be negative") }
        return (.circle(radius: radius), try lengthUnit(at: index + 1, &reply))
    }

    /// The width at `index`, with height and unit behind it.
    func box(
        at index: Int, _ reply: inout ReplyWriter
    ) throws(CommandError) -> (shape: GeoArea.Shape, meters: Double) {
        let width = try length(at: index, "ERR need numeric width", &reply)
        let height = try length(at: index + 1, "ERR need numeric height", &reply)
        if width < 0 || height < 0 { throw reply.refusal("ERR height or width cannot be negative") }
        return (.box(width: width, height: height), try lengthUnit(at: index + 2, &reply))
    }

    private func length(
        at index: Int, _ complaint: StaticString, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Double {
        guard let length = self[index].double else { throw reply.refusal(complaint) }
        return length
    }

    /// How many meters the unit at `index` is.
    func lengthUnit(at index: Int, _ reply: inout ReplyWriter) throws(CommandError) -> Double {
        let word = self[index]
        if word.isWord("M") { return 1 }
        if word.isWord("KM") { return 1000 }
        if word.isWord("FT") { return 0.3048 }
        if word.isWord("MI") { return 1609.34 }
        throw reply.refusal("ERR unsupported unit provided. please use M, KM, FT, MI")
    }
}

extension ReplyWriter {
    /// A distance with four digits behind the point.
    mutating func distance(_ distance: Double) { bulk(fixed: distance, digits: 4) }

    /// Longitude and latitude.
    mutating func coordinates(_ point: GeoPoint) {
        array(2)
        decimal(point.longitude)
        decimal(point.latitude)
    }
}

extension Argument {
    static let lengthUnits: [Argument] = [
        .token("m", "M"), .token("km", "KM"), .token("ft", "FT"), .token("mi", "MI"),
    ]
    static let lengthUnit = Argument("unit", .oneof, lengthUnits)
    static let withCoordinates = Argument("withcoord", .pureToken, token: "WITHCOORD", optional: true)
    static let withDistance = Argument("withdist", .pureToken, token: "WITHDIST", optional: true)
    static let withGeohash = Argument("withhash", .pureToken, token: "WITHHASH", optional: true)
    static let distanceOrder = Argument(
        "order", .oneof, optional: true, [.token("asc", "ASC"), .token("desc", "DESC")])

    static func matchCount(anySince version: StaticString? = nil) -> Argument {
        Argument(
            "count-block", .block, optional: true,
            [
                Argument("count", .integer, token: "COUNT"),
                Argument("any", .pureToken, token: "ANY", since: version, optional: true),
            ])
    }
}
