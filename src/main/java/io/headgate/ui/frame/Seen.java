package io.headgate.ui.frame;

import io.headgate.ui.session.Form;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What somebody saw when a form was filled in for them, as a short mark for each thing that may change under it: two
/// people who save at once do not undo each other unawares.
///
/// @param marks by the name of the thing; one that was not there has none
public record Seen(Map<String, String> marks) {
    /// The field that carries one mark, and repeats.
    public static final String FIELD = "_seen";

    private static final int MARK_BYTES = 12;

    public Seen {
        marks = Map.copyOf(marks);
    }

    /// @param contents of each thing; only marks of them go into the page
    public static Seen of(Map<String, String> contents) {
        Map<String, String> marks = new HashMap<>();
        contents.forEach((name, content) -> marks.put(name, markOf(content)));
        return new Seen(marks);
    }

    /// What a form carries.
    public static Seen in(Form form) {
        Map<String, String> marks = new HashMap<>();
        for (String field : form.all(FIELD)) {
            int space = field.indexOf(' ');
            if (space > 0) {
                marks.put(field.substring(space + 1), field.substring(0, space));
            }
        }
        return new Seen(marks);
    }

    /// The values of {@link #FIELD}.
    public List<String> fields() {
        return marks.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .toList();
    }

    /// Whether a thing is the same here and there, or missing in both.
    public boolean agrees(Seen other, String name) {
        return mark(name).equals(other.mark(name));
    }

    /// Whether a thing had this content.
    public boolean holds(String name, String content) {
        return mark(name).equals(Optional.of(markOf(content)));
    }

    public boolean has(String name) {
        return marks.containsKey(name);
    }

    private Optional<String> mark(String name) {
        return Optional.ofNullable(marks.get(name));
    }

    private static String markOf(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, MARK_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
