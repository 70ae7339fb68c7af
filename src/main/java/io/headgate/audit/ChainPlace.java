package io.headgate.audit;

import io.headgate.audit.SealingKey.ChainValue;
import java.time.Instant;

/// A place in the chain of seals, said and signed at some time: after this row it had this value.
///
/// @param kind what is said about it, part of what is signed
/// @param sequence 0 is the place before the first row, whose event id is empty
record ChainPlace(
        Kind kind, long sequence, String eventId, ChainValue chain, Instant at, String keyId, ChainValue mac) {

    enum Kind {
        /// The log begins here: the first line of the file of checkpoints.
        BEGIN,
        /// So far it was sealed.
        CHECKPOINT,
        /// So far it was removed when it was old enough.
        CUT,
        /// The file of checkpoints was missing, and begins anew here.
        RESTART
    }

    static ChainPlace signed(SealingKey key, Kind kind, long sequence, String eventId, ChainValue chain, Instant at) {
        String keyId = key.currentId();
        return new ChainPlace(
                kind,
                sequence,
                eventId,
                chain,
                at,
                keyId,
                key.sign(keyId, statement(kind, sequence, eventId, chain, at)));
    }

    boolean isGenuine(SealingKey key) {
        return key.knows(keyId)
                && key.sign(keyId, statement(kind, sequence, eventId, chain, at))
                        .equals(mac);
    }

    private static String statement(Kind kind, long sequence, String eventId, ChainValue chain, Instant at) {
        return String.join("\n", kind.name(), Long.toString(sequence), eventId, chain.toString(), at.toString());
    }
}
