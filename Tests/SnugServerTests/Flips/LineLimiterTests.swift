import Testing

@testable import SnugServer

@Suite struct LineLimiterTests {
    private let shape = Array("user:#".utf8)

    @Test func oneLineASecondForAShape() {
        var limiter = LineLimiter()
        #expect(limiter.admit(shape, now: 5000) == 0)
        for step in 1..<1000 { #expect(limiter.admit(shape, now: 5000 + Int64(step)) == nil) }
        #expect(limiter.leftOutCount == 999)
        #expect(limiter.admit(shape, now: 6000) == 999)
        #expect(limiter.admit(shape, now: 6999) == nil)
        #expect(limiter.admit(shape, now: 7500) == 1)
    }

    @Test func shapesDoNotHoldEachOtherBack() {
        var limiter = LineLimiter()
        for number in 0..<LineLimiter.shapeCountMax {
            #expect(limiter.admit(Array("shape \(number)".utf8), now: 5000) == 0)
        }
        #expect(limiter.admit(Array("shape 7".utf8), now: 5000) == nil)
    }

    @Test func countsThatNoLineTellsAreGiven() {
        var limiter = LineLimiter()
        #expect(limiter.admit(shape, now: 5000) == 0)
        #expect(limiter.admit(shape, now: 5100) == nil)
        #expect(limiter.takeLeftOut(now: 6999).isEmpty)
        #expect(limiter.takeLeftOut(now: 7000) == [LineLimiter.LeftOut(shape: shape, count: 1)])
        // That was a line too.
        #expect(limiter.admit(shape, now: 7500) == nil)
        #expect(limiter.admit(shape, now: 8000) == 1)
        #expect(limiter.takeLeftOut(now: 20_000).isEmpty)
    }

    @Test func shapesBeyondTheBoundShareALine() {
        var limiter = LineLimiter()
        var lines = 0
        for number in 0..<10_000 where limiter.admit(Array("shape \(number)".utf8), now: 5000) != nil { lines += 1 }
        #expect(lines == LineLimiter.shapeCountMax + 1)
        #expect(limiter.byteCount < 100_000)
        // Shapes that have been quiet make room.
        #expect(limiter.admit(Array("new".utf8), now: 6000) == 0)
        let leftOut = limiter.takeLeftOut(now: 8000)
        #expect(
            leftOut == [
                LineLimiter.LeftOut(shape: LineLimiter.others, count: 10_000 - LineLimiter.shapeCountMax - 1)
            ])
        #expect(limiter.takeLeftOut(now: 20_000).isEmpty)
        #expect(limiter.byteCount < 100_000)
    }
}
