import Testing

@testable import SnugLab

@Suite struct ScaleTests {
    @Test func placesLieBetweenTheEnds() {
        let linear = Scale(kind: .linear, low: 0, high: 100, from: 200, to: 0)
        #expect(linear.place(0) == 200 && linear.place(100) == 0 && linear.place(25) == 150)
        #expect(linear.place(-5) == 200 && linear.place(500) == 0)
        let logarithmic = Scale(kind: .logarithmic, low: 10, high: 1000, from: 0, to: 100)
        #expect(logarithmic.place(100) == 50 && logarithmic.place(0) == 0)
        #expect(Scale(kind: .linear, low: 1, high: 1, from: 0, to: 10).place(1) == 5)
    }

    @Test func ticksAreRound() {
        #expect(Scale(kind: .linear, low: 0, high: 80, from: 0, to: 1).ticks(about: 4) == [0, 20, 40, 60, 80])
        #expect(
            Scale(kind: .logarithmic, low: 10, high: 10000, from: 0, to: 1).ticks(about: 4) == [10, 100, 1000, 10000])
        #expect(Scale(kind: .logarithmic, low: 20, high: 80, from: 0, to: 1).ticks(about: 4) == [20, 80])
        for value in [0.003, 0.9, 1, 7.3, 64.3, 99, 123456] {
            let rounded = Scale.roundedUp(value)
            #expect(rounded >= value * 0.999_999 && rounded <= value * 1.7)
        }
        #expect(Scale.roundedUp(0) == 1)
    }

    @Test(arguments: 0..<50)
    func namesAtLinesKeepTheirDistance(seed: Int) {
        let wanted = (0..<6).map { Double(Mixing.number(UInt64(seed), $0, below: 200)) }
        let places = LineChart.spread(wanted, from: 0, to: 200, distance: 15).sorted()
        #expect(places[0] >= -0.001 && places[5] <= 200.001)
        for (one, next) in zip(places, places.dropFirst()) { #expect(next - one >= 14.999) }
    }

    @Test func namesThatFitStayWhereTheyAre() {
        #expect(LineChart.spread([100, 10], from: 0, to: 200, distance: 15) == [100, 10])
    }
}
