internal import SnugMemory

/// What a search looks in: a circle or a rectangle around a point.
package struct GeoArea: BitwiseCopyable, Sendable {
    package enum Shape: BitwiseCopyable, Sendable {
        case circle(radius: Double)
        case box(width: Double, height: Double)
    }

    package let center: GeoPoint
    /// Lengths are in units of `meters` meters and not negative.
    package let shape: Shape
    package let meters: Double

    package init(_ center: GeoPoint, _ shape: Shape, meters: Double) {
        self.center = center
        self.shape = shape
        self.meters = meters
    }

    /// Meters from the center to a point, or nil when it lies outside. To lie in a rectangle is to be near enough along
    /// both directions.
    func distance(to point: GeoPoint) -> Double? {
        switch shape {
        case .circle(let radius):
            let distance = center.distance(to: point)
            return distance > radius * meters ? nil : distance
        case .box(let width, let height):
            if point.northwardDistance(to: center) > height * meters / 2 { return nil }
            if point.eastwardDistance(to: center) > width * meters / 2 { return nil }
            return center.distance(to: point)
        }
    }

    // MARK: Cells

    /// The cells whose points have to be looked at, without repetition, in the order of Redis's answers: that of the
    /// center and those of its eight neighbours that reach into the area.
    var cells: [GeoCell] {
        let bounds = bounds
        var step = Self.step(radius: radius * meters, latitude: center.latitude)
        var middle = GeoCell(center, step: step)
        if step > 1 && !Self.neighbours(of: middle, cover: bounds) {
            step -= 1
            middle = GeoCell(center, step: step)
        }
        let inner = middle.bounds
        // Coarse cells are so wide that the other side of the map may be near.
        let mayLeaveOut = step >= 2
        var cells = [middle]
        for (east, north) in Self.directions {
            if mayLeaveOut {
                if north < 0 && inner.south < bounds.south || north > 0 && inner.north > bounds.north { continue }
                if east < 0 && inner.west < bounds.west || east > 0 && inner.east > bounds.east { continue }
            }
            let cell = middle.moved(east: east, north: north)
            // Of two columns or rows each is the other's neighbour on both sides.
            if cells.count > 1 && cells.last == cell { continue }
            cells.append(cell)
        }
        return cells
    }

    private static let directions: [(east: Int32, north: Int32)] = [
        (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1),
    ]

    /// The radius of the circle, or of the one around the rectangle.
    private var radius: Double {
        switch shape {
        case .circle(let radius): radius
        case .box(let width, let height):
            ((width / 2) * (width / 2) + (height / 2) * (height / 2)).squareRoot()
        }
    }

    /// The edges of the area; the parallel nearer to the pole decides how far it reaches to the east and west.
    private var bounds: GeoBounds {
        let (halfWidth, halfHeight) =
            switch shape {
            case .circle(let radius): (meters * radius, meters * radius)
            case .box(let width, let height): (meters * (width / 2), meters * (height / 2))
            }
        let up = GeoPoint.degrees(ofMeters: halfHeight)
        let polar = center.latitude < 0 ? center.latitude - up : center.latitude + up
        let aside = GeoPoint.degrees(ofMeters: halfWidth, onParallel: polar)
        return GeoBounds(
            west: center.longitude - aside, south: center.latitude - up, east: center.longitude + aside,
            north: center.latitude + up)
    }

    /// Whether the cells around one reach over all edges.
    private static func neighbours(of cell: GeoCell, cover bounds: GeoBounds) -> Bool {
        cell.moved(east: 0, north: 1).bounds.north >= bounds.north
            && cell.moved(east: 0, north: -1).bounds.south <= bounds.south
            && cell.moved(east: 1, north: 0).bounds.east >= bounds.east
            && cell.moved(east: -1, north: 0).bounds.west <= bounds.west
    }

    /// Half of the equator's length on the map, in meters.
    private static let mapHalfMeters = 20037726.37

    /// The finest step whose cells are as wide as the radius; coarser towards the poles, where columns are narrow.
    private static func step(radius: Double, latitude: Double) -> Int {
        guard radius > 0 else { return GeoCell.stepMax }
        var (reach, step) = (radius, -1)
        while reach < mapHalfMeters {
            reach *= 2
            step += 1
        }
        if abs(latitude) > 66 { step -= 1 }
        if abs(latitude) > 80 { step -= 1 }
        return max(1, min(GeoCell.stepMax, step))
    }
}

extension GeoPoint {
    /// How many degrees of longitude a distance in meters is on a parallel.
    fileprivate static func degrees(ofMeters meters: Double, onParallel latitude: Double) -> Double {
        degrees(meters / earthRadiusMeters / radians(latitude).cosine)
    }
}
