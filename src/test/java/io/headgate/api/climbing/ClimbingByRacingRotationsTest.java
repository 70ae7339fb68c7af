package io.headgate.api.climbing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Two rotations of one token at the same moment: whoever wanted a second value that lives on beside the one
/// that its owner sees has none.
@QuarkusTest
class ClimbingByRacingRotationsTest {
    private static final int ROUNDS = 100;

    @Inject
    TestApi api;

    /// Guard: `LiveTokens.refresh` – forgets the value before, and one refresh at a time: two that overlapped
    /// could leave both new values alive.
    @Test
    void oneValueIsAliveAfterwardsAndItIsTheOneThatIsStored() throws Exception {
        IssuedToken token = api.token(OptionalInt.empty());
        String path = api.organization("/tokens/" + token.token().id());
        String old = token.value().reveal();
        List<String> dead = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                CyclicBarrier together = new CyclicBarrier(2);
                Callable<Answer> rotation = () -> {
                    together.await();
                    return api.post(api.owner(), path + "/rotate");
                };
                List<Future<Answer>> answers = List.of(pool.submit(rotation), pool.submit(rotation));
                List<String> made = new ArrayList<>();
                for (Future<Answer> answer : answers) {
                    assertThat(answer.get().status()).isEqualTo(200);
                    made.add(answer.get().member("token"));
                }

                List<String> alive = made.stream().filter(this::works).toList();
                assertThat(alive).as("round " + round).hasSize(1);
                assertThat(alive.getFirst()).endsWith(api.get(api.owner(), path).member("shortToken"));
                assertThat(works(old)).as("round " + round).isFalse();
                dead.add(old);
                made.stream().filter(value -> !alive.contains(value)).forEach(dead::add);
                old = alive.getFirst();
            }
        }
        assertThat(dead).hasSize(2 * ROUNDS).noneMatch(this::works);
        assertThat(api.audited(token.token().id().value())).hasSize(1 + 2 * ROUNDS);

        // control: one after the other, the second is the one that lives
        String first = api.post(api.owner(), path + "/rotate").member("token");
        assertThat(works(first)).isTrue();
        String second = api.post(api.owner(), path + "/rotate").member("token");
        assertThat(works(first)).isFalse();
        assertThat(works(second)).isTrue();
    }

    private boolean works(String value) {
        int status = api.get(value, "/v1/organizations").status();
        assertThat(status).isIn(200, 401);
        return status == 200;
    }
}
