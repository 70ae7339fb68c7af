package io.headgate.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody meant who mistyped a name.
public final class Spelling {
    /// Longer names are not compared: nobody mistypes one, and the effort is the product of both lengths.
    private static final int LENGTH_MAX = 60;

    private Spelling() {}

    /// The known name with the fewest edits, if about a third of the letters or fewer are wrong.
    public static Optional<String> nearest(String given, Collection<String> known) {
        if (given.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String wanted = given.toLowerCase(Locale.ROOT);
        int allowed = (wanted.length() + 2) / 3; // two of four: swapped neighbours count as two
        record Candidate(String name, int edits) {}
        return known.stream()
                .map(name -> new Candidate(name, edits(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.edits <= allowed)
                .min(Comparator.comparingInt(Candidate::edits))
                .map(Candidate::name);
    }

    /// Levenshtein's distance, one row of its table at a time.
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
