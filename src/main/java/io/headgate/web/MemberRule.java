package io.headgate.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.kernel.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Turns one member of a request into a value, or says why not; the member collects what is wrong.
@FunctionalInterface
public interface MemberRule<T> {

    /// Empty only after {@link Member#refuse}.
    Optional<T> read(Member member);

    /// Exactly a whole number: 30.0 and "30" are refused, because a client that sends them means something else.
    static MemberRule<Integer> integer(int lowest, int highest) {
        return member -> {
            JsonNode value = member.value();
            boolean fits = value.isIntegralNumber() && value.canConvertToInt();
            return fits && value.intValue() >= lowest && value.intValue() <= highest
                    ? Optional.of(value.intValue())
                    : member.refuseGiven("range", "must be a whole number from " + lowest + " to " + highest);
        };
    }

    /// The same of what a person typed into a form, where every value is a text.
    static MemberRule<Integer> typedInteger(int lowest, int highest) {
        return member -> {
            String text = member.value().asText().strip();
            try {
                int number = Integer.parseInt(text);
                if (number >= lowest && number <= highest) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException _) {
                // told below, as every other wrong value
            }
            return member.refuseGiven("range", "must be a whole number from " + lowest + " to " + highest);
        };
    }

    static MemberRule<Boolean> bool() {
        return member -> member.value().isBoolean()
                ? Optional.of(member.value().booleanValue())
                : member.refuseGiven("type", "must be true or false");
    }

    /// One of the constants by its exact name, which is also its name on the wire.
    static <E extends Enum<E>> MemberRule<E> oneOf(List<E> allowed) {
        return member -> allowed.stream()
                .filter(constant -> constant.name().equals(member.value().textValue()))
                .findFirst()
                .or(() -> member.refuseGiven("enum", "must be " + names(allowed)));
    }

    static <T extends Id> MemberRule<T> id(Function<String, T> kind) {
        return member -> Optional.ofNullable(member.value().textValue())
                .filter(Id::isWellFormed)
                .map(kind)
                .or(() -> member.refuseGiven("id", "must be an id: 'c' and 24 characters of 0-9a-z"));
    }

    /// An array; all that is wrong with its elements is told at once.
    static <T> MemberRule<List<T>> list(int max, MemberRule<T> element) {
        return member -> {
            JsonNode array = member.value();
            if (!array.isArray()) {
                return member.refuseGiven("type", "must be a list");
            }
            if (array.size() > max) {
                return member.refuse("max", "must hold at most " + max + " elements, given " + array.size());
            }
            List<T> values = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                element.read(member.element(i, array.get(i))).ifPresent(values::add);
            }
            return values.size() == array.size() ? Optional.of(values) : Optional.empty();
        };
    }

    /// An object with members of its own; `shape` returns empty if it refused any.
    static <T> MemberRule<T> object(Function<Members, Optional<T>> shape) {
        return member -> member.value().isObject()
                ? shape.apply(member.members())
                : member.refuseGiven("type", "must be an object");
    }

    private static String names(List<? extends Enum<?>> constants) {
        List<String> names = constants.stream().map(Enum::name).toList();
        return names.size() == 1 ? names.getFirst() : "one of " + String.join(", ", names);
    }
}
