package io.headgate.ui.frame;

import io.headgate.kernel.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is wrong with a form: a sentence for each field, and one for what belongs to none.
public final class FieldErrors {
    private static final FieldErrors NONE = new FieldErrors(Map.of(), List.of());

    private final Map<String, String> byField;
    private final List<Entry> entries;

    /// One line of the summary, which leads to its field.
    ///
    /// @param field empty if it belongs to none
    public record Entry(String field, String sentence) {}

    private FieldErrors(Map<String, String> byField, List<Entry> entries) {
        this.byField = byField;
        this.entries = entries;
    }

    public static FieldErrors none() {
        return NONE;
    }

    /// The errors of a problem; names of fields become their labels.
    public static FieldErrors of(Problem problem, Map<String, String> labels) {
        if (problem.fieldErrors().isEmpty()) {
            return new FieldErrors(Map.of(), List.of(new Entry("", sentence(problem.message()))));
        }
        List<Entry> entries = problem.fieldErrors().stream()
                .map(error -> new Entry(error.field(), labelled(error, labels)))
                .toList();
        return new FieldErrors(
                entries.stream()
                        .collect(Collectors.toUnmodifiableMap(Entry::field, Entry::sentence, (first, _) -> first)),
                entries);
    }

    /// One error of one field.
    public static FieldErrors of(String field, String sentence) {
        return new FieldErrors(Map.of(field, sentence), List.of(new Entry(field, sentence)));
    }

    /// Too many attempts to sign in; `field` may be empty.
    public static FieldErrors tooMany(String field, Duration until) {
        return of(
                field,
                "Too many attempts from here. The next one is possible in "
                        + Math.max(1, until.plusMillis(999).toSeconds()) + " seconds.");
    }

    /// The sentence of a field, `""` if nothing is wrong with it.
    public String of(String field) {
        return byField.getOrDefault(field, "");
    }

    public List<Entry> entries() {
        return entries;
    }

    public boolean any() {
        return !entries.isEmpty();
    }

    private static String labelled(Problem.FieldError error, Map<String, String> labels) {
        String label = Optional.ofNullable(labels.get(error.field())).orElse(error.field());
        String message = error.message();
        return sentence(
                message.startsWith(error.field() + " ")
                        ? label + message.substring(error.field().length())
                        : message);
    }

    private static String sentence(String text) {
        String start = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return start.endsWith(".") ? start : start + ".";
    }
}
