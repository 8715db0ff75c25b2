internal import Glibc

/// Trigonometry by the C library, which is also what Redis computes with: the last bit of a result depends on whose it
/// is. Angles are in radians.
extension Double {
    public var sine: Double { sin(self) }
    public var cosine: Double { cos(self) }
    public var arcSine: Double { asin(self) }
}
