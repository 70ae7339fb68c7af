package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTargetTest {

    @Test
    void segmentsAreDecodedOnceAndTheBytesAreKept() {
        RequestTarget target = understood("/quick/api/v2/dags/a%20b%252F;x=1+%C3%A9?token=%zz&a=/..//");

        assertThat(target.namespace()).isEqualTo("quick");
        assertThat(target.segments()).containsExactly("api", "v2", "dags", "a b%2F;x=1+é");
        assertThat(target.forwarded()).isEqualTo("/quick/api/v2/dags/a%20b%252F;x=1+%C3%A9?token=%zz&a=/..//");
        assertThat(target.query()).isEqualTo("token=%zz&a=/..//");
    }

    @Test
    void aTrailingSlashIsALastEmptySegment() {
        assertThat(understood("/quick/").segments()).containsExactly("");
        assertThat(understood("/quick").segments()).isEmpty();
        assertThat(understood("/quick/api/v2/dags/").segments()).endsWith("dags", "");
    }

    @Test
    void anEscapedSeparatorIsNotedWithItsPlace() {
        assertThat(understood("/quick/api/v2/variables/a%2fb").escapedSeparatorAt())
                .isEqualTo(3);
        assertThat(understood("/quick/api/v2/variables/a%5Cb").escapedSeparatorAt())
                .isEqualTo(3);
        assertThat(understood("/quick/api/v2/variables/ab").escapedSeparatorAt())
                .isEqualTo(-1);
        assertThat(understood("/quick/api/v2/variables/a%2Fb").segmentsAfterDecoding())
                .containsExactly("api", "v2", "variables", "a", "b");
    }

    @Test
    void whatTwoReadersCouldUnderstandDifferentlyIsRefused() {
        List<String> unclear = List.of(
                "/quick//api/v2/dags",
                "//quick/api/v2/dags",
                "/quick/api/v2/dags//",
                "/quick/./api",
                "/quick/../other/api",
                "/quick/%2e%2E/other",
                "/quick/%2e/api",
                "/quick/api/..",
                "/quick/variables/..%2Fconnections",
                "/quick/variables/a%5c..%5cb",
                "/quick\\api",
                "/qu%2Fick/api",
                "/quick/api%00",
                "/quick/a%0d%0ab",
                "/quick/a%7f",
                "/quick/a%",
                "/quick/a%2",
                "/quick/a%zz",
                "/quick/%c0%af",
                "/quick/%ff",
                "/quick/é",
                "/quick/a b",
                "/quick/a#b",
                "/quick/a?b#c",
                "/quick/a\u0001",
                "quick/api",
                "*",
                "",
                "http://elsewhere/quick/api",
                "http://localhost.elsewhere/quick/api",
                "http://localhost",
                "https://localhost/quick");

        assertThat(unclear)
                .allSatisfy(raw ->
                        assertThat(RequestTarget.read(raw, "localhost")).isInstanceOf(RequestTarget.Unclear.class));
    }

    @Test
    void aTargetInAbsoluteFormCountsWhenItNamesTheHostOfTheRequest() {
        assertThat(RequestTarget.read("http://LOCALHOST:8889/quick/api?x", "localhost:8889"))
                .isEqualTo(RequestTarget.read("/quick/api?x", "localhost:8889"));
    }

    private static RequestTarget understood(String raw) {
        RequestTarget.Reading reading = RequestTarget.read(raw, "localhost");
        assertThat(reading).isInstanceOf(RequestTarget.Understood.class);
        return ((RequestTarget.Understood) reading).target();
    }
}
