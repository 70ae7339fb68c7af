package io.headgate.deployment.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Levels, and entries of several lines, read from either end.
final class LogEntriesTest {
    private static final List<String> LOG = List.of(
            "2026-01-02T03:04:05.000000Z [info     ] Starting the scheduler [scheduler]",
            "2026-01-02T03:04:06.000000Z [error    ] Task failed [executor]",
            "Traceback (most recent call last):",
            "ValueError: no such order",
            "2026-01-02T03:04:07.000000Z [warning  ] Slow query [sqlalchemy]");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-02T03:04:05Z [info     ] Filling up the DagBag | INFO",
                "2026-01-02T03:04:05Z [debug    ] x | DEBUG",
                "2026-01-02T03:04:05Z [warning  ] x | WARN",
                "2026-01-02T03:04:05Z [critical ] x | ERROR",
                "[2026-01-02T03:04:05+0000] {scheduler.py:12} WARNING - x | WARN",
                "INFO:     127.0.0.1:1234 - \"GET / HTTP/1.1\" 200 OK | INFO",
                "ERROR: x | ERROR",
                "2026-01-02 03:04:05,000 - ERROR - x | ERROR"
            })
    void everyProgramSaysItsLevelInItsOwnWay(String line, LogLevel level) {
        assertThat(LogLevel.of(line)).contains(level);
    }

    @ParameterizedTest
    @CsvSource({"ValueError: no ERRORS here", "  File \"/dags/error.py\", line 3", "''", "an ERRORLESS day"})
    void othersSayNothing(String line) {
        assertThat(LogLevel.of(line)).isEmpty();
    }

    @Test
    void anErrorKeepsItsTrace() {
        LogFilter errors = new LogFilter("", LogLevel.ERROR);

        assertThat(last(errors, 100)).containsExactlyElementsOf(LOG.subList(1, 4));
        assertThat(next(errors)).containsExactlyElementsOf(LOG.subList(1, 4));
    }

    @Test
    void aTextIsLookedForInTheWholeEntryInWhateverCase() {
        LogFilter text = new LogFilter("valueerror", LogLevel.DEBUG);

        assertThat(last(text, 100)).containsExactlyElementsOf(LOG.subList(1, 4));
        assertThat(next(text)).containsExactlyElementsOf(LOG.subList(1, 4));
    }

    @Test
    void noMoreLinesThanAskedForAreTakenAndTheyAreTheLast() {
        assertThat(last(LogFilter.EVERYTHING, 3)).containsExactlyElementsOf(LOG.subList(2, 5));
        assertThat(last(LogFilter.EVERYTHING, 100)).isEqualTo(LOG);
    }

    @Test
    void anEntryBelongsToAWindowAsAWholeAndNothingBeforeItIsRead() {
        LastEntries entries = new LastEntries(
                LogFilter.EVERYTHING,
                new LogWindow(Instant.parse("2026-01-02T03:04:06Z"), Instant.parse("2026-01-02T03:04:07Z")),
                100);

        assertThat(LOG.reversed().stream().takeWhile(entries::take)).hasSize(4);
        assertThat(entries.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.texts()).containsExactlyElementsOf(LOG.subList(1, 4));
            assertThat(entry.at()).isEqualTo("2026-01-02T03:04:06Z");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-02T03:04:05.123456Z [info     ] x | 2026-01-02T03:04:05.123456Z",
                "[2026-01-02T04:04:05.5+0100] {scheduler.py:12} WARNING - x | 2026-01-02T03:04:05.5Z",
                "2026-01-02 03:04:05,678 - ERROR - x | 2026-01-02T03:04:05.678Z"
            })
    void everyProgramSaysTheTimeInItsOwnWay(String line, Instant time) {
        assertThat(LogTime.of(line)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO:     x", "", "2026-13-02T03:04:05Z x", "2026-01-02T03:04:05+99:99 x"})
    void whatIsNoTimeIsNone(String line) {
        assertThat(LogTime.of(line)).isEmpty();
    }

    @Test
    void anEntryThatIsWantedStaysSoWhenMoreOfItIsPrintedLater() {
        NextEntries entries = new NextEntries(new LogFilter("", LogLevel.ERROR));

        assertThat(entries.of(LOG.subList(0, 2))).hasSize(1);
        assertThat(entries.of(LOG.subList(2, 3)))
                .containsExactly(new LogLine(LogLevel.ERROR, "Traceback (most recent call last):"));
        assertThat(entries.of(LOG.subList(4, 5))).isEmpty();
    }

    @Test
    void whatIsShownHidesAndReordersNothing() {
        assertThat(ShownText.of("\u001b[31mred\u001b[0m\u202e\u0007end")).isEqualTo("red end");
        assertThat(ShownText.of("plain é")).isEqualTo("plain é");
    }

    @Test
    void aPositionIsWhatItWasWrittenAs() {
        LogPosition position = new LogPosition(1_767_323_045_000L, 42);

        assertThat(LogPosition.parse(position.text())).contains(position);
        assertThat(LogPosition.parse("-1-2")).isEmpty();
        assertThat(LogPosition.parse("9".repeat(40) + "-1")).isEmpty();
    }

    private static List<String> last(LogFilter filter, int most) {
        LastEntries entries = new LastEntries(filter, LogWindow.ALWAYS, most);
        for (String line : LOG.reversed()) {
            if (!entries.take(line)) {
                break;
            }
        }
        return entries.lines().stream().map(LogLine::text).toList();
    }

    private static List<String> next(LogFilter filter) {
        return new NextEntries(filter).of(LOG).stream().map(LogLine::text).toList();
    }
}
