package io.headgate.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The strict reader of bodies.
final class RequestBodyTest {
    private enum Colour {
        RED,
        BLUE
    }

    @Test
    void readsWhatIsThere() {
        Members members = members("""
                {"name": "a", "count": 3, "on": true, "colour": "BLUE", "list": ["x", "y"], "none": null}""");

        assertThat(members.require("name", TextRule.line(1, 5))).contains("a");
        assertThat(members.read("count", MemberRule.integer(1, 3))).contains(3);
        assertThat(members.read("on", MemberRule.bool())).contains(true);
        assertThat(members.read("colour", MemberRule.oneOf(List.of(Colour.values()))))
                .contains(Colour.BLUE);
        assertThat(members.read("list", MemberRule.list(2, TextRule.line(1, 5))))
                .contains(List.of("x", "y"));
        assertThat(members.read("none", TextRule.line(1, 5))).isEmpty();
        members.finish(Set.of());
        members.throwIfWrong();
    }

    @Test
    void tellsAllThatIsWrongAtOnceInTheOrderOfReading() {
        Members members = members("""
                {"count": 30.0, "colour": "GREEN", "list": ["x", 5, ""], "surprise": 1}""");
        members.require("name", TextRule.line(1, 5));
        members.read("count", MemberRule.integer(1, 3));
        members.read("colour", MemberRule.oneOf(List.of(Colour.values())));
        members.read("list", MemberRule.list(9, TextRule.line(1, 5)));
        members.finish(Set.of());

        Problem problem = problem(members::throwIfWrong);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.fieldErrors().stream().map(Problem.FieldError::field))
                .containsExactly("name", "count", "colour", "list[1]", "list[2]", "surprise");
        assertThat(problem.message())
                .isEqualTo("name is required; count must be a whole number from 1 to 3, given 30.0;"
                        + " colour must be one of RED, BLUE, given 'GREEN'; list[1] must be a text;"
                        + " list[2] must be 1–5 characters, given 0; unknown member 'surprise'");
    }

    @Test
    void namesMembersOfMembersByTheirPath() {
        Members members = members("""
                {"queues": [{"name": "a"}, {"nmae": "b"}]}""");
        members.read("queues", MemberRule.list(9, MemberRule.object(queue -> {
            Optional<String> name = queue.require("name", TextRule.line(1, 5));
            queue.finish(Set.of());
            return name;
        })));

        assertThat(problem(members::throwIfWrong).message())
                .isEqualTo("queues[1].name is required; unknown member 'nmae'; did you mean name?");
    }

    @Test
    void knowsEmptyAllTheWayDown() {
        Members members = members("""
                {"a": {"b": {"c": [], "d": ""}}, "e": {"f": false}, "g": {"h": 0}}""");
        members.refuseUnlessEmpty("a", "must be empty");
        members.refuseUnlessEmpty("e", "must be empty");
        members.refuseUnlessEmpty("absent", "must be empty");
        members.throwIfWrong();

        members.refuseUnlessEmpty("g", "must be empty");
        assertThat(problem(members::throwIfWrong).message()).isEqualTo("g must be empty");
    }

    @Test
    void takesNoBodyForAnEmptyObjectOnlyWhereThatIsFine() {
        RequestBody none = new RequestBody(new byte[0]);

        none.optionalMembers().throwIfWrong();
        assertThat(problem(none::members).message()).startsWith("body missing");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin = "{\"name\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(problem(() -> new RequestBody(latin).members()).message()).isEqualTo("body is not UTF-8");
        new RequestBody("{\"name\": \"é\"}".getBytes(StandardCharsets.UTF_8)).members();
    }

    @Test
    void refusesBottomlessNesting() {
        String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThat(problem(() -> members(deep)).message()).startsWith("body is not valid JSON");
    }

    @Test
    void showsWhatWasGivenShortAndOnOneLine() {
        Members members = members("{\"colour\": \"" + "\\u0007" + "x".repeat(100) + "\"}");
        members.read("colour", MemberRule.oneOf(List.of(Colour.values())));

        assertThat(problem(members::throwIfWrong).message())
                .isEqualTo("colour must be one of RED, BLUE, given '\\u0007" + "x".repeat(59) + "…'");
    }

    private static Members members(String json) {
        return new RequestBody(json.getBytes(StandardCharsets.UTF_8)).members();
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }
}
