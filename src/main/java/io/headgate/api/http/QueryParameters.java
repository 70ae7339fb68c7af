package io.headgate.api.http;

import io.headgate.kernel.Id;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.web.Given;
import io.headgate.web.Spelling;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.ValueRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// The query of a request; whoever has read all it knows calls {@link #throwIfWrong} and learns all that is wrong.
///
/// An unknown parameter is refused: a mistyped filter would answer with everything, and a script would act on it.
public final class QueryParameters {
    /// RFC 3339 has four digits for them.
    private static final ValueRange YEARS = ValueRange.of(1, 9999);

    private final Map<String, List<String>> parameters;
    private final Set<String> read = new TreeSet<>();
    private final List<Problem.FieldError> errors = new ArrayList<>();

    private QueryParameters(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    public static QueryParameters of(UriInfo uri) {
        return new QueryParameters(uri.getQueryParameters());
    }

    /// `offset`, `limit` and `sorts` of a list that can be sorted by the given fields.
    public PageRequest page(Set<String> sortFields) {
        int offset = integer("offset", 0, Integer.MAX_VALUE, 0);
        int limit = integer("limit", 0, PageRequest.LIMIT_MAX, PageRequest.LIMIT_DEFAULT);
        List<PageRequest.Sort> sorts = new ArrayList<>();
        for (String text : values("sorts")) {
            String[] parts = text.split(":", -1);
            if (parts.length == 2
                    && sortFields.contains(parts[0])
                    && Set.of("asc", "desc").contains(parts[1])) {
                sorts.add(new PageRequest.Sort(parts[0], parts[1].equals("asc")));
            } else {
                refuse(
                        "sorts",
                        "enum",
                        "must be FIELD:asc or FIELD:desc with FIELD one of "
                                + String.join(", ", new TreeSet<>(sortFields)),
                        text);
            }
        }
        return new PageRequest(offset, limit, sorts);
    }

    /// A repeatable parameter of ids; a well-formed one that names nothing is fine and matches nothing.
    public <T extends Id> List<T> ids(String name, Function<String, T> kind) {
        return values(name).stream()
                .flatMap(text -> id(name, kind, text).stream())
                .toList();
    }

    public <T extends Id> Optional<T> id(String name, Function<String, T> kind) {
        return text(name).flatMap(text -> id(name, kind, text));
    }

    /// A repeatable parameter of any texts.
    public List<String> texts(String name) {
        return values(name);
    }

    /// A parameter that may appear once; empty counts as absent.
    public Optional<String> text(String name) {
        List<String> values = values(name);
        if (values.size() > 1) {
            refuse(name, "repeated", "must appear once", values.size() + " times");
            return Optional.empty();
        }
        return values.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    /// A moment in RFC 3339 form; parts of a second below a microsecond are dropped, as the database does.
    public Optional<Instant> instant(String name) {
        Optional<String> text = text(name);
        try {
            Optional<Instant> moment =
                    text.map(given -> OffsetDateTime.parse(given).toInstant());
            if (moment.isEmpty()
                    || YEARS.isValidValue(moment.get().atOffset(ZoneOffset.UTC).getYear())) {
                return moment.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
            }
        } catch (DateTimeException e) {
            // told below, as every other wrong value
        }
        refuse(name, "date-time", "must be a time in RFC 3339 form, such as 2026-01-31T12:00:00Z", text.orElse(""));
        return Optional.empty();
    }

    public boolean flag(String name) {
        return oneOf(name, List.of("true", "false")).filter("true"::equals).isPresent();
    }

    public Optional<String> oneOf(String name, List<String> allowed) {
        Optional<String> value = text(name);
        if (value.filter(text -> !allowed.contains(text)).isPresent()) {
            refuse(name, "enum", "must be one of " + String.join(", ", allowed), value.get());
            return Optional.empty();
        }
        return value;
    }

    /// Throws the 400 that names everything wrong, unknown parameters included.
    public void throwIfWrong() {
        parameters.keySet().stream().filter(name -> !read.contains(name)).forEach(name -> {
            String hint = Spelling.nearest(name, read)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            String shown = Given.of(name);
            errors.add(new Problem.FieldError(
                    shown.substring(1, shown.length() - 1), "unknown", "unknown query parameter " + shown + hint));
        });
        if (!errors.isEmpty()) {
            throw Problem.invalidFields(errors).asException();
        }
    }

    /// A whole number within limits, or the fallback if the parameter is absent.
    public int integer(String name, int lowest, int highest, int fallback) {
        List<String> values = values(name);
        if (values.isEmpty()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(text(name).orElse(""));
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as every other wrong value
        }
        refuse(name, "range", "must be a whole number from " + lowest + " to " + highest, values.getFirst());
        return fallback;
    }

    private <T extends Id> Optional<T> id(String name, Function<String, T> kind, String text) {
        if (Id.isWellFormed(text)) {
            return Optional.of(kind.apply(text));
        }
        refuse(name, "id", "must be an id: 'c' and 24 characters of 0-9a-z", text);
        return Optional.empty();
    }

    private List<String> values(String name) {
        read.add(name);
        return parameters.getOrDefault(name, List.of());
    }

    /// Notes something wrong with a parameter that each reader alone found right.
    public void refuse(String name, String code, String requirement, String given) {
        errors.add(new Problem.FieldError(name, code, name + " " + requirement + ", given " + Given.of(given)));
    }
}
