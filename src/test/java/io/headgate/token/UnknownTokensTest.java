package io.headgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.kernel.Limiter;
import io.headgate.storage.Keys;
import io.headgate.testing.TestControlPlane;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever makes up tokens makes us compute one hash each and remember nothing.
final class UnknownTokensTest {
    private static final Set<Package> OURS = Set.of(UnknownTokensTest.class.getPackage(), Limiter.class.getPackage());

    private static final int STRANGERS = 100_000;
    private static final TestControlPlane WORLD = new TestControlPlane();

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        WORLD.close();
    }

    @Test
    void aHundredThousandMadeUpValuesFillNoMemoryAndNoTable() {
        LiveTokens live = WORLD.controlPlane().liveTokens();
        String known = WORLD.token(WORLD.own().id(), "known", OptionalInt.empty())
                .value()
                .reveal();
        long before = kept();
        long rows = rows();

        for (int i = 0; i < STRANGERS; i++) {
            assertThat(live.check(madeUp(known, i))).isInstanceOf(TokenVerdict.Unknown.class);
        }

        assertThat(kept()).isEqualTo(before);
        assertThat(WORLD.controlPlane().observedUses().drain()).isEmpty();
        flush();
        assertThat(rows()).isEqualTo(rows);

        // control: one that we know leaves a trace
        assertThat(live.check(known)).isInstanceOf(TokenVerdict.Accepted.class);
        assertThat(kept()).isGreaterThan(before);
    }

    @Test
    void anUnknownValueIsHashedOnceAndOneThatCannotBeOursNotAtAll() {
        TokenHasher hasher = new TokenHasher(new Keys(folder).tokenHashing(new SecureRandom()));
        assertThat(hasher.candidates("x")).as("one hash, as for a known one").hasSize(1);

        LiveTokens live = WORLD.controlPlane().liveTokens();
        assertThat(live.check("x".repeat(10_000_000))).isInstanceOf(TokenVerdict.Unknown.class);
        assertThat(live.check(TokenValue.PREFIX + "x".repeat(10_000_000))).isInstanceOf(TokenVerdict.Unknown.class);
    }

    /// Of sources of bad credentials as many are told apart as there is room for; the rest share one count.
    @Test
    void madeUpSourcesFillNoMemory() {
        AtomicLong nanos = new AtomicLong();
        RequestLimits limits = RequestLimits.standard(nanos::get);
        int bound = Limiter.KEYS_MAX + 1;
        for (int i = 0; i < 1000; i++) {
            var _ = limits.failure("192.0.2." + i);
        }
        assertThat(sizeOfAll(limits)).as("control: each is remembered").isEqualTo(1000);

        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 2 * STRANGERS; i++) {
            var _ = limits.failure("2001:db8:%x:%x::1".formatted(random.nextInt(0x10000), i & 0xffff));
        }

        assertThat(sizeOfAll(limits)).isLessThanOrEqualTo(bound);
    }

    /// With the right prefix and form, so that it is hashed.
    private static String madeUp(String known, int number) {
        return known.substring(0, known.length() - 10) + "%010d".formatted(number);
    }

    private static void flush() {
        WORLD.controlPlane().refusalLog().flush();
        WORLD.controlPlane().lastUses().flush();
    }

    private static long rows() {
        return WORLD.controlPlane()
                .transactions()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT (SELECT count(*) FROM audit_event)"
                                + " + (SELECT count(*) FROM retired_token_secret)")
                        .mapTo(Long.class)
                        .one());
    }

    /// Everything that checking tokens could grow.
    private static long kept() {
        return sizeOfAll(
                WORLD.controlPlane().liveTokens(),
                WORLD.controlPlane().observedUses(),
                WORLD.controlPlane().lastUses(),
                WORLD.controlPlane().retiredSecrets(),
                WORLD.controlPlane().requestLimits());
    }

    /// How many entries stand in all maps and collections that can be reached from these without leaving our packages.
    private static long sizeOfAll(Object... roots) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long total = 0;
        for (Object root : roots) {
            total += size(root, seen);
        }
        return total;
    }

    private static long size(Object object, Set<Object> seen) {
        if (!seen.add(object)) {
            return 0;
        }
        return switch (object) {
            case Map<?, ?> map -> map.size();
            case Collection<?> collection -> collection.size();
            default ->
                OURS.contains(object.getClass().getPackage())
                        ? fields(object).stream()
                                .mapToLong(value -> size(value, seen))
                                .sum()
                        : 0;
        };
    }

    private static List<Object> fields(Object object) {
        return List.of(object.getClass().getDeclaredFields()).stream()
                .filter(field -> !Modifier.isStatic(field.getModifiers())
                        && !field.getType().isPrimitive())
                .map(field -> value(field, object))
                .toList();
    }

    private static Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
