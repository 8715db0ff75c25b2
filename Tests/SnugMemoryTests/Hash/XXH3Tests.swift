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
        (0, 0x2d06_8005_38d3_94c2), (1, 0xc00f_9d4f_580c_0c3a), (2, 0xb248_061f_b52b_d64c), (3, 0xe921_12d1_e602_af4a),
        (4, 0x9008_de7e_1006_06d1), (5, 0xaba4_062f_2484_5bdc), (7, 0x7187_a123_2e2d_811b), (8, 0xcca6_ee6f_8e08_0c52),
        (9, 0x568f_9d2e_69ad_8bd0), (12, 0x373d_a156_a0ef_76b0), (15, 0xf79a_07c5_5beb_f28a),
        (16, 0x600a_07a4_f5a9_911c),
        (17, 0xdeab_0265_f35d_fc24), (31, 0x423b_58cf_0cc7_d932), (32, 0xd045_81c5_6661_6653),
        (33, 0xe2f9_6cd2_71e7_2881),
        (63, 0x0ede_7f30_a620_477c), (64, 0xad06_85da_bb3c_e66b), (65, 0x7d4e_3da0_65c2_1b2d),
        (96, 0xbf9a_1938_3014_28ca),
        (97, 0xae7c_2604_94b7_847c), (127, 0x422f_a93a_f255_d6f6), (128, 0x410b_d3b4_d8d8_4f51),
        (129, 0x5596_4eec_3962_5032),
        (130, 0xf40e_3e7c_c0a3_0ced), (143, 0x8733_fa80_2952_9e24), (144, 0x827f_bbc0_3ec4_8dd7),
        (159, 0xb4cd_6211_4f1f_4b33),
        (160, 0x94b0_4a6b_e24b_e84b), (175, 0x8cda_4179_37be_48ff), (192, 0x4d9f_83e4_5b78_07b4),
        (193, 0x25f4_6bf6_9c32_2cdd),
        (239, 0xf5e2_3450_0a1f_2b94), (240, 0x977b_659b_dc81_fdb1), (241, 0x2cb1_ed4a_30c8_bded),
        (242, 0x768d_9c5e_09be_ac34),
        (255, 0xc77e_ae9c_20c2_1088), (256, 0x7fd9_7c64_50f1_9383), (257, 0x42c7_23a9_3a4c_46b9),
        (303, 0xee10_f19a_f56f_fdb5),
        (304, 0xbda2_6b2b_b08d_5ef1), (320, 0x98fa_e8bd_eca7_6e58), (384, 0xa027_8a54_9cf2_9226),
        (511, 0xf2bf_2354_a8c6_03a7),
        (512, 0xd21b_608b_4432_0be0), (513, 0x4b10_9def_3349_5091), (575, 0x6ca5_440c_13aa_b534),
        (576, 0x6911_e0f0_375f_4517),
        (1023, 0x296b_8bdb_d696_752e), (1024, 0x5ec1_11a1_e5a2_93ae), (1025, 0x5ea0_2645_28a9_03fc),
        (1087, 0x1978_5ff0_14f9_95e6),
        (1088, 0x5caa_7335_3133_0766), (1089, 0x093a_ae8d_6736_e7b3), (2047, 0xa8a5_5cc8_0e14_93a4),
        (2048, 0x8265_1c64_d545_e737),
        (2049, 0x35fa_9759_e87c_7270), (3072, 0x59aa_790f_8da4_2a28), (4096, 0xa765_7054_8864_595e),
        (5000, 0x215d_b44d_ee91_50c0),
        (10000, 0x55b5_0192_c3f1_b288),
    ]

    /// Every length through 1,300 folded into one number: digests shifted by their length and combined.
    private static let folded: UInt64 = 0x9e40_74b4_47c9_c1de

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
