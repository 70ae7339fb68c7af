package io.headgate.deployment;

import java.security.SecureRandom;
import java.util.List;

/// Makes names such as `quiet-river-4821`: host label, path prefix and image name of a Deployment (P7), so lower-case
/// letters, digits and `-` only. Uniqueness is the database's to judge.
final class NamespaceMinter {
    private static final List<String> ADJECTIVES = List.of(
            "amber", "bold", "brisk", "calm", "clear", "crisp", "deep", "eager", "fair", "fleet", "fresh", "gentle",
            "golden", "grand", "keen", "kind", "light", "lively", "lucid", "mellow", "mild", "neat", "noble", "polar",
            "prime", "proud", "quick", "quiet", "rapid", "serene", "silent", "silver", "smooth", "solar", "stable",
            "steady", "still", "strong", "sunny", "swift", "tidal", "vivid", "warm", "wise");
    private static final List<String> NOUNS = List.of(
            "basin",
            "bay",
            "beacon",
            "brook",
            "canal",
            "cascade",
            "cove",
            "creek",
            "current",
            "dam",
            "delta",
            "estuary",
            "falls",
            "fjord",
            "ford",
            "harbor",
            "inlet",
            "island",
            "lagoon",
            "lake",
            "lock",
            "marsh",
            "meadow",
            "mill",
            "pond",
            "pool",
            "quay",
            "rapids",
            "reef",
            "reservoir",
            "ripple",
            "river",
            "shore",
            "sluice",
            "spring",
            "strait",
            "stream",
            "summit",
            "tide",
            "valley",
            "wave",
            "weir",
            "well");

    private final SecureRandom random;

    NamespaceMinter(SecureRandom random) {
        this.random = random;
    }

    String mint() {
        return pick(ADJECTIVES) + "-" + pick(NOUNS) + "-" + (1000 + random.nextInt(9000));
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
