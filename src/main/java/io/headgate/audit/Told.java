package io.headgate.audit;

import io.headgate.audit.AuditVerdict.Broken;
import io.headgate.audit.AuditVerdict.Finding;
import io.headgate.audit.SealingKey.ChainValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the file of checkpoints tells, oldest first.
record Told(List<ChainPlace> places) {
    Told {
        places = List.copyOf(places);
    }

    /// What is wrong with it by itself.
    ///
    /// @param removed the last seal that retention removed
    Optional<Broken> objection(SealingKey key, long removed) {
        for (int i = 0; i < places.size(); i++) {
            ChainPlace place = places.get(i);
            if (!place.isGenuine(key)) {
                return broken(
                        Finding.CHECKPOINTS_CHANGED,
                        place.sequence(),
                        "line " + (i + 1) + " of the file of checkpoints is not signed with our key");
            }
        }
        if (places.isEmpty()) {
            return broken(Finding.CHECKPOINTS_MISSING, 0, "the file of checkpoints is empty");
        }
        ChainPlace first = places.getFirst();
        boolean whole = switch (first.kind()) {
            case BEGIN -> true;
            case CUT, RESTART -> first.sequence() <= removed;
            case CHECKPOINT -> false;
        };
        return whole
                ? Optional.empty()
                : broken(
                        Finding.CHECKPOINTS_MISSING,
                        first.sequence(),
                        "the file of checkpoints begins at seal " + first.sequence() + " of " + first.at()
                                + ": what it said before is missing");
    }

    /// The last seal that was once there.
    long last() {
        return places.stream().mapToLong(ChainPlace::sequence).max().orElse(0);
    }

    /// The chain value at each place; of two that differ the older one counts, and the chain contradicts it.
    Map<Long, ChainValue> chains() {
        return places.stream().collect(Collectors.toMap(ChainPlace::sequence, ChainPlace::chain, (older, _) -> older));
    }

    private static Optional<Broken> broken(Finding finding, long sequence, String sentence) {
        return Optional.of(new Broken(finding, sequence, sentence));
    }
}
