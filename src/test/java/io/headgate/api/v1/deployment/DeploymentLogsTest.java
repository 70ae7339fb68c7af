package io.headgate.api.v1.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `GetDeploymentLogs`. Other tests move the clock, so lines are printed so many seconds ago.
@QuarkusTest
class DeploymentLogsTest {
    private static final String BOTH = "?sources=scheduler&sources=apiserver";

    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        @Test
        void withWhatSeveralComponentsPrintedInTheOrderOfTime() {
            Deployment place = printing();

            JsonNode answer = api.get(api.owner(), path(place, BOTH)).json();

            assertThat(lines(answer))
                    .containsExactly(
                            "scheduler " + ago(240) + " [info     ] one",
                            "apiserver " + ago(180) + " [warning  ] two",
                            "apiserver its trace",
                            "scheduler " + ago(120) + " [critical ] three");
            assertThat(answer.path("resultCount").asInt()).isEqualTo(4);
            assertThat(answer.at("/results/1/timestamp").asDouble()).isEqualTo(ago(180).toEpochMilli() / 1000.0);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "&searchText=WARN          | 3",
                    "&searchText=its+TRACE     | 2",
                    "&searchText=ERROR         | 1",
                    "&searchText=nowhere       | 0",
                    "&maxNumResults=1          | 1",
                    "&range=150                | 1"
                })
        void withWhatIsAskedForOnly(String query, int count) {
            assertThat(found(BOTH + query)).hasSize(count);
        }

        @Test
        void withWhatWasPrintedBetweenTwoMoments() {
            assertThat(found(BOTH + "&startDate=" + ago(210) + "&endDate=" + ago(150)))
                    .hasSize(2);
            assertThat(found(BOTH + "&startDate=" + ago(3600) + "&endDate=" + ago(3000)))
                    .isEmpty();
        }

        private JsonNode found(String query) {
            Answer answer = api.get(api.owner(), path(printing(), query));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return answer.json().path("results");
        }

        @Test
        void pageByPageAboutTheSameTimeWhateverIsPrintedMeanwhile() {
            Deployment place = printing();
            JsonNode first =
                    api.get(api.owner(), path(place, BOTH + "&limit=3")).json();
            api.behind()
                    .componentLogs()
                    .print(place.id(), "scheduler", ago(-60) + " [info     ] printed a minute later");

            JsonNode second = api.get(
                            api.owner(),
                            path(
                                    place,
                                    BOTH + "&limit=3&offset=3&searchId="
                                            + first.path("searchId").asText()))
                    .json();

            assertThat(lines(first)).hasSize(3);
            assertThat(lines(second)).containsExactly("scheduler " + ago(120) + " [critical ] three");
            assertThat(second.path("resultCount").asInt()).isEqualTo(1);
            assertThat(second.path("searchId")).isEqualTo(first.path("searchId"));
        }

        @Test
        void withNothingOfAWorkerWhereTasksRunBesideTheScheduler() {
            JsonNode answer =
                    api.get(api.owner(), path(printing(), "?sources=worker")).json();

            assertThat(answer.path("results")).isEmpty();
            assertThat(answer.path("searchId").asText()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?limit=5                                  | sources",
                "?sources=postgres                         | sources",
                "?sources=scheduler&limit=5001             | limit",
                "?sources=scheduler&maxNumResults=0        | maxNumResults",
                "?sources=scheduler&range=-1               | range",
                "?sources=scheduler&searchId=x             | searchId",
                "?sources=scheduler&startDate=yesterday    | startDate",
                "?sources=scheduler&startDate=2026-01-02T03:00:00Z&endDate=2026-01-01T03:00:00Z | endDate",
                "?sources=scheduler&serchText=x            | serchText"
            })
    void a400NamesTheParameterAtFault(String query, String parameter) {
        Answer answer = api.get(api.owner(), path(printing(), query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains(parameter);
    }

    private Deployment printing() {
        Deployment place = api.healthy("logs");
        api.behind()
                .componentLogs()
                .print(place.id(), "scheduler", ago(240) + " [info     ] one", ago(120) + " [critical ] three");
        api.behind().componentLogs().print(place.id(), "api-server", ago(180) + " [warning  ] two", "its trace");
        return place;
    }

    private Instant ago(int seconds) {
        return api.behind().controlPlane().clock().instant().minusSeconds(seconds);
    }

    private String path(Deployment place, String query) {
        return api.organization("/deployments/" + place.id() + "/logs" + query);
    }

    private static List<String> lines(JsonNode answer) {
        return StreamSupport.stream(answer.path("results").spliterator(), false)
                .map(line ->
                        line.path("source").asText() + " " + line.path("raw").asText())
                .toList();
    }
}
