package io.headgate.audit;

/// What verification of the audit log finds.
public sealed interface AuditVerdict {

    /// Every seal, cut and checkpoint is right.
    ///
    /// @param sealed rows with a seal
    /// @param waiting rows of the last moment, not sealed yet
    /// @param removed rows that retention removed, as its signed record says
    record Intact(long sealed, long waiting, long removed, long checkpoints) implements AuditVerdict {}

    /// The first place where it is not.
    ///
    /// @param sequence of the seal, or 0 where none is concerned
    /// @param finding a sentence for people
    record Broken(Finding kind, long sequence, String finding) implements AuditVerdict {}

    /// What was done to the log, as far as can be told.
    enum Finding {
        ROW_CHANGED,
        ROW_REMOVED,
        TAIL_REMOVED,
        WRONG_KEY,
        CHECKPOINTS_MISSING,
        CHECKPOINTS_CHANGED,
        CUT_FORGED,
        ROW_UNSEALED
    }
}
