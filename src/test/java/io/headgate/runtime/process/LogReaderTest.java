package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.deployment.log.LogPart;
import io.headgate.deployment.log.LogPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading a log that grows, is turned over and goes away meanwhile.
final class LogReaderTest {
    private static final int BYTES_MAX = 1000;

    @TempDir
    Path folder;

    @Test
    void aLogThatIsNotThereYetIsEmptyAndCanBeFollowed() throws IOException {
        LogPosition start = reader().backwards(_ -> true);
        assertThat(last()).isEmpty();
        assertThat(reader().since(start).lines()).isEmpty();

        print("first\n");

        assertThat(reader().since(start).lines()).containsExactly("first");
    }

    @Test
    void theLastLineComesFirstAndNoMoreThanIsWanted() throws IOException {
        print("one\n\nthree\n");

        assertThat(last()).containsExactly("three", "", "one");
        List<String> two = new ArrayList<>();
        reader().backwards(line -> {
            two.add(line);
            return two.size() < 2;
        });
        assertThat(two).containsExactly("three", "");
    }

    @Test
    void linesAreWholeWhereverBlocksBegin() throws IOException {
        List<String> lines =
                IntStream.range(0, 20_000).mapToObj(i -> "line " + i + " é").toList();
        print(String.join("\n", lines) + "\n");

        assertThat(last()).isEqualTo(lines.reversed());
    }

    @Test
    void aHugeLineIsCutAndTakesNoneOfTheOthersAway() throws IOException {
        print("before\n" + "x".repeat(300_000) + "\nafter\n");

        assertThat(last()).containsExactly("after", "x".repeat(4096), "before");
        assertThat(reader().since(LogPosition.START).lines().getFirst()).isEqualTo("before");
    }

    @Test
    void aHugeLineDoesNotHoldUpWhoeverFollows() throws IOException {
        print("x".repeat(300_000));
        List<String> seen = new ArrayList<>();
        LogPosition position = LogPosition.START;
        for (int i = 0; i < 5; i++) {
            LogPart part = reader().since(position);
            seen.addAll(part.lines());
            position = part.next();
        }

        assertThat(seen).isNotEmpty().allSatisfy(line -> assertThat(line).hasSize(4096));
        print("\nafter\n");
        assertThat(reader().since(position).lines()).contains("after");
    }

    @Test
    void whatIsHalfPrintedWaitsForItsEnd() throws IOException {
        print("one\ntw");
        LogPart part = reader().since(LogPosition.START);
        assertThat(part.lines()).containsExactly("one");

        print("o\n");

        assertThat(reader().since(part.next()).lines()).containsExactly("two");
    }

    @Test
    void theEndOfACrashIsShownThoughItHasNoLineEnd() throws IOException {
        print("one\nkilled");

        assertThat(last()).containsExactly("killed", "one");
    }

    @Test
    void nothingIsTwiceBetweenTheEndAndWhatFollows() throws IOException {
        print("one\ntwo\n");
        LogPosition end = reader().backwards(_ -> true);
        print("three\n");

        assertThat(reader().since(end).lines()).containsExactly("three");
    }

    @Test
    void aLogThatWasTurnedOverIsReadOnFromItsNewStart() throws IOException {
        print("x".repeat(BYTES_MAX) + "\n");
        LogPosition before = reader().backwards(_ -> true);
        log().rotateIfLong();
        print("new\n");

        LogPart part = reader().since(before);

        assertThat(part.lines()).containsExactly("new");
        assertThat(part.gap()).isTrue();
        assertThat(last()).containsExactly("new", "x".repeat(BYTES_MAX - 1));
    }

    /// By its length alone it could not be told.
    @Test
    void aLogThatWasTurnedOverAndIsAsLongAgainIsNoticed() throws IOException {
        print("old\n");
        LogPosition before = reader().backwards(_ -> true);
        Files.writeString(log().predecessor(1), "old\n");
        Files.setLastModifiedTime(log().predecessor(1), FileTime.fromMillis(12_345));
        Files.writeString(log().file(), "new one\n");

        assertThat(reader().since(before).lines()).containsExactly("new one");
    }

    @Test
    void whileItIsBeingTurnedOverNothingIsReadTwice() throws IOException {
        print("x".repeat(BYTES_MAX) + "\n");
        LogPosition before = reader().backwards(_ -> true);
        Files.writeString(log().predecessor(1), "being copied");

        LogPart part = reader().since(before);

        assertThat(part.lines()).isEmpty();
        assertThat(part.next()).isEqualTo(before);
    }

    @Test
    void aLogThatIsGoneIsEmptyAndBeginsAnew() throws IOException {
        print("one\n");
        LogPosition before = reader().backwards(_ -> true);
        Files.delete(log().file());

        LogPart gone = reader().since(before);
        assertThat(gone.lines()).isEmpty();
        print("two\n");

        assertThat(reader().since(gone.next()).lines()).containsExactly("two");
    }

    @Test
    void whoIsFarBehindIsTakenToTheEndAndTold() throws IOException {
        String line = "y".repeat(99) + "\n";
        LogReader roomy = new LogReader(new ComponentLog(log().file(), ComponentLog.BYTES_MAX));
        print(line.repeat((int) (LogReader.BEHIND_BYTES_MAX / line.length()) + 10_000));

        LogPart part = roomy.since(LogPosition.START);

        assertThat(part.gap()).isTrue();
        assertThat(part.lines()).allSatisfy(each -> assertThat(each).hasSize(99));
        assertThat(part.next().offset()).isEqualTo(Files.size(log().file()));
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        Files.writeString(folder.resolve("secret"), "of somebody else\n");
        Files.createSymbolicLink(log().file(), folder.resolve("secret"));

        assertThat(catchThrowable(this::last)).isNotNull();
    }

    private List<String> last() {
        List<String> lines = new ArrayList<>();
        reader().backwards(lines::add);
        return lines;
    }

    private void print(String text) throws IOException {
        Files.writeString(log().file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private ComponentLog log() {
        return new ComponentLog(folder.resolve("scheduler.log"), BYTES_MAX);
    }

    private LogReader reader() {
        return new LogReader(log());
    }
}
