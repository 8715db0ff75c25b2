import SnugMemory
import Testing

/// Digests of the reference implementation (python-xxhash 3.5.0, xxHash 0.8.2) at every class of length and its edges.
@Suite struct XXH3Tests {
    /// The high bytes of a linear congruential generator that begins with 1.
    private static func bytes(_ count: Int) -> [UInt8] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    private static let vectors: [(count: Int, digest: UInt64)] = [
        (0, 0x2d06800538d394c2), (1, 0xc00f9d4f580c0c3a), (2, 0xb248061fb52bd64c), (3, 0xe92112d1e602af4a),
        (4, 0x9008de7e100606d1), (5, 0xaba4062f24845bdc), (7, 0x7187a1232e2d811b), (8, 0xcca6ee6f8e080c52),
        (9, 0x568f9d2e69ad8bd0), (12, 0x373da156a0ef76b0), (15, 0xf79a07c55bebf28a), (16, 0x600a07a4f5a9911c),
        (17, 0xdeab0265f35dfc24), (31, 0x423b58cf0cc7d932), (32, 0xd04581c566616653), (33, 0xe2f96cd271e72881),
        (63, 0x0ede7f30a620477c), (64, 0xad0685dabb3ce66b), (65, 0x7d4e3da065c21b2d), (96, 0xbf9a1938301428ca),
        (97, 0xae7c260494b7847c), (127, 0x422fa93af255d6f6), (128, 0x410bd3b4d8d84f51), (129, 0x55964eec39625032),
        (130, 0xf40e3e7cc0a30ced), (143, 0x8733fa8029529e24), (144, 0x827fbbc03ec48dd7), (159, 0xb4cd62114f1f4b33),
        (160, 0x94b04a6be24be84b), (175, 0x8cda417937be48ff), (192, 0x4d9f83e45b7807b4), (193, 0x25f46bf69c322cdd),
        (239, 0xf5e234500a1f2b94), (240, 0x977b659bdc81fdb1), (241, 0x2cb1ed4a30c8bded), (242, 0x768d9c5e09beac34),
        (255, 0xc77eae9c20c21088), (256, 0x7fd97c6450f19383), (257, 0x42c723a93a4c46b9), (303, 0xee10f19af56ffdb5),
        (304, 0xbda26b2bb08d5ef1), (320, 0x98fae8bdeca76e58), (384, 0xa0278a549cf29226), (511, 0xf2bf2354a8c603a7),
        (512, 0xd21b608b44320be0), (513, 0x4b109def33495091), (575, 0x6ca5440c13aab534), (576, 0x6911e0f0375f4517),
        (1023, 0x296b8bdbd696752e), (1024, 0x5ec111a1e5a293ae), (1025, 0x5ea0264528a903fc), (1087, 0x19785ff014f995e6),
        (1088, 0x5caa733531330766), (1089, 0x093aae8d6736e7b3), (2047, 0xa8a55cc80e1493a4), (2048, 0x82651c64d545e737),
        (2049, 0x35fa9759e87c7270), (3072, 0x59aa790f8da42a28), (4096, 0xa76570548864595e), (5000, 0x215db44dee9150c0),
        (10000, 0x55b50192c3f1b288),
    ]

    /// Every length through 1,300 folded into one number: digests shifted by their length and combined.
    private static let folded: UInt64 = 0x9e4074b447c9c1de

    @Test func everyClassOfLength() {
        for (count, digest) in Self.vectors {
            #expect(Self.bytes(count).rawBytes.xxh3 == digest, "\(count) bytes")
        }
    }

    @Test func everyLength() {
        let all = Self.bytes(1_300)
        var folded: UInt64 = 0
        for count in 0...1_300 {
            folded = (folded << 1 | folded >> 63) ^ Array(all[..<count]).rawBytes.xxh3
        }
        #expect(folded == Self.folded)
    }

    @Test func publishedDigests() {
        #expect(Array("hello".utf8).rawBytes.xxh3 == 0x9555_e855_5c62_dcfd)
        #expect(Array("Hello world".utf8).rawBytes.xxh3 == 0xb6ac_b9d8_4a38_ff74)
        #expect(Array("v8".utf8).rawBytes.xxh3 == 0x0cc7_6dbb_4138_1419)
    }
}
