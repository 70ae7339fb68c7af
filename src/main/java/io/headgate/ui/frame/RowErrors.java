package io.headgate.ui.frame;

import io.headgate.kernel.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is wrong with a list that people edit as rows: `list[3].key` of a problem is the field `key-3` of the form.
///
/// @param labels of the members, and of the list itself
public record RowErrors(String list, Map<String, String> labels) {
    private static final Pattern ELEMENT = Pattern.compile("(\\w+)\\[(\\d{1,6})]\\.(\\w+)");
    private static final Pattern FIELD = Pattern.compile("(\\w+)-\\d{1,6}");

    public RowErrors {
        labels = Map.copyOf(labels);
    }

    /// The errors of a problem, each at the field that it is about.
    public FieldErrors of(Problem problem) {
        List<Problem.FieldError> errors =
                problem.fieldErrors().stream().map(this::atItsField).toList();
        return FieldErrors.of(new Problem(problem.status(), problem.code(), problem.message(), errors), Map.of());
    }

    private Problem.FieldError atItsField(Problem.FieldError error) {
        Matcher element = ELEMENT.matcher(error.field());
        if (element.matches() && element.group(1).equals(list)) {
            return said(error, element.group(3) + "-" + element.group(2), label(element.group(3)));
        }
        if (error.field().equals(list)) {
            return said(error, "", label(list));
        }
        Matcher field = FIELD.matcher(error.field());
        return said(error, error.field(), label(field.matches() ? field.group(1) : error.field()));
    }

    private String label(String member) {
        return Optional.ofNullable(labels.get(member)).orElse(member);
    }

    private static Problem.FieldError said(Problem.FieldError error, String field, String label) {
        String message = error.message();
        return new Problem.FieldError(
                field,
                error.code(),
                message.startsWith(error.field() + " ")
                        ? label + message.substring(error.field().length())
                        : message);
    }
}
