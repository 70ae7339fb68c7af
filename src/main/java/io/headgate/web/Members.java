package io.headgate.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.kernel.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The members of one JSON object in a request; whoever reads them all calls {@link #finish} and learns all that is
/// wrong at once.
///
/// `null` counts as absent (contract §2.0). A member that was not read must at least be known to the object's model:
/// clients echo what they got; anything else is a mistake that must not pass in silence.
public final class Members {
    private final String prefix;
    private final JsonNode object;
    private final List<Problem.FieldError> errors;
    private final Set<String> read = new HashSet<>();

    Members(String prefix, JsonNode object, List<Problem.FieldError> errors) {
        this.prefix = prefix;
        this.object = object;
        this.errors = errors;
    }

    /// The members of one object, with nothing wrong yet.
    public static Members of(JsonNode object) {
        return new Members("", object, new ArrayList<>());
    }

    /// The value of a member that may be absent; also empty if it is wrong.
    public <T> Optional<T> read(String name, MemberRule<T> rule) {
        return member(name).flatMap(rule::read);
    }

    /// The value of a member that must be there; empty if it is missing or wrong.
    public <T> Optional<T> require(String name, MemberRule<T> rule) {
        requireAny(name);
        return read(name, rule);
    }

    /// Notes that a member is missing; what it may be is up to whoever reads it.
    public void requireAny(String name) {
        if (member(name).isEmpty()) {
            refuse(name, "required", "is required");
        }
    }

    /// As {@link #read}, for members that some clients send as an empty text when they mean nothing.
    public <T> Optional<T> readUnlessEmpty(String name, MemberRule<T> rule) {
        return member(name)
                .filter(member -> !"".equals(member.value().textValue()))
                .flatMap(rule::read);
    }

    /// Refuses a member that says anything: neither absent nor empty all the way down.
    public void refuseUnlessEmpty(String name, String because) {
        member(name)
                .filter(member -> !isEmpty(member.value()))
                .ifPresent(member -> member.refuse("not-taken", because));
    }

    /// Notes something wrong with a member that each reader alone found right.
    public void refuse(String name, String code, String requirement) {
        new Member(prefix + name, object.path(name), errors).refuse(code, requirement);
    }

    /// Refuses members that neither were read nor belong to the object's model.
    public void finish(Set<String> model) {
        Set<String> known = new TreeSet<>(model);
        known.addAll(read);
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String hint = Spelling.nearest(name, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                String shown = Given.of(name);
                errors.add(new Problem.FieldError(
                        prefix + shown.substring(1, shown.length() - 1), "unknown", "unknown member " + shown + hint));
            }
        });
    }

    /// Throws the 400 that names everything wrong so far.
    public void throwIfWrong() {
        if (!errors.isEmpty()) {
            throw Problem.invalidFields(errors).asException();
        }
    }

    private Optional<Member> member(String name) {
        read.add(name);
        JsonNode value = object.path(name);
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(new Member(prefix + name, value, errors));
    }

    private static boolean isEmpty(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY, OBJECT -> value.valueStream().allMatch(Members::isEmpty);
            case STRING -> value.textValue().isEmpty();
            case BOOLEAN -> !value.booleanValue();
            case NULL, MISSING -> true;
            case NUMBER, BINARY, POJO -> false;
        };
    }
}
