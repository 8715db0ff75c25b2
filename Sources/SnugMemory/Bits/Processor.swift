internal import CSnug

/// What the machine must be.
public enum Processor {
    /// Whether it has every instruction that this build may use (`Scripts/release-flags`).
    public static var suffices: Bool { snug_processor_suffices() }
}
