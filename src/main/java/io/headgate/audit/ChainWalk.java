package io.headgate.audit;

import io.headgate.audit.AuditVerdict.Broken;
import io.headgate.audit.AuditVerdict.Finding;
import io.headgate.audit.SealingKey.ChainValue;
import java.util.Map;
import java.util.Optional;

/// Follows the chain from one place on, seal by seal, up to the first that is wrong.
final class ChainWalk {
    private final SealingKey key;
    private final Map<Long, ChainValue> checkpoints;
    private long sequence;
    private ChainValue chain;
    private Optional<Broken> broken = Optional.empty();

    /// Also holds the chain against what checkpoints once said of it.
    ChainWalk(SealingKey key, long sequence, ChainValue chain, Map<Long, ChainValue> checkpoints) {
        this.key = key;
        this.checkpoints = Map.copyOf(checkpoints);
        this.sequence = sequence;
        this.chain = chain;
    }

    void visit(AuditSealStore.Sealed sealed) {
        if (broken.isPresent()) {
            return;
        }
        broken = objection(sealed);
        sequence = sealed.seal().sequence();
        chain = sealed.seal().chain();
    }

    Optional<Broken> broken() {
        return broken;
    }

    /// The last seal that was seen.
    long sequence() {
        return sequence;
    }

    private Optional<Broken> objection(AuditSealStore.Sealed sealed) {
        AuditSealStore.Seal seal = sealed.seal();
        if (seal.sequence() != sequence + 1) {
            return found(
                    Finding.ROW_REMOVED,
                    sequence + 1,
                    "seal " + (sequence + 1) + " is missing: after seal " + sequence + " comes " + seal.sequence());
        }
        if (sealed.event().isEmpty()) {
            return found(
                    Finding.ROW_REMOVED,
                    seal.sequence(),
                    "the row of seal " + seal.sequence() + " is gone: event " + seal.eventId());
        }
        if (!key.knows(seal.keyId())) {
            return found(
                    Finding.WRONG_KEY,
                    seal.sequence(),
                    "seal " + seal.sequence() + " was made with key '" + seal.keyId()
                            + "', which is not in the key file");
        }
        if (seal.form() != RecordedEvent.FORM) {
            return found(
                    Finding.ROW_CHANGED,
                    seal.sequence(),
                    "seal " + seal.sequence() + " has form " + seal.form() + ", which this version does not know");
        }
        ChainValue right = key.next(
                seal.keyId(),
                seal.form(),
                seal.sequence(),
                chain,
                sealed.event().get().sealedBytes());
        if (!right.equals(seal.chain())) {
            return found(
                    Finding.ROW_CHANGED,
                    seal.sequence(),
                    "seal " + seal.sequence() + " does not fit event " + seal.eventId() + " of "
                            + sealed.event().get().at()
                            + ": the row was changed or moved, or the seal was not made with our key");
        }
        return checkpoints.getOrDefault(seal.sequence(), right).equals(right)
                ? Optional.empty()
                : found(
                        Finding.TAIL_REMOVED,
                        seal.sequence(),
                        "seal " + seal.sequence()
                                + " is not the one that a checkpoint tells of: rows were removed at the"
                                + " end, and others sealed in their place");
    }

    private static Optional<Broken> found(Finding kind, long sequence, String sentence) {
        return Optional.of(new Broken(kind, sequence, sentence));
    }
}
