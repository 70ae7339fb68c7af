package io.headgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.testing.ServerFiles;
import io.headgate.testing.TestControlPlane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A value leaves the process in two answers and stays nowhere.
final class NothingKeepsAValueTest {
    private static final TestControlPlane WORLD = new TestControlPlane();

    private final ApiTokens tokens = WORLD.controlPlane().apiTokens();

    @AfterAll
    static void close() {
        WORLD.close();
    }

    /// Items 7 and 18, S20, S33: a dump of every table, the raw WAL and all files hold no value; a planted one is
    /// found.
    @Test
    void noTableNoWalAndNoFileHoldsAValueAndAPlantedOneIsFound() throws Exception {
        IssuedToken created = WORLD.token(WORLD.own().id(), "secret", OptionalInt.empty());
        IssuedToken rotated = tokens.rotate(
                WORLD.owner(), WORLD.organizationId(), created.token().id());
        tokens.update(
                WORLD.owner(),
                WORLD.organizationId(),
                created.token().id(),
                new TokenNaming("renamed", Optional.empty()));
        for (IssuedToken issued : List.of(created, rotated)) {
            String value = issued.value().reveal();
            String secretPart = value.substring(value.length() - 60);
            assertThat(tablesHolding(secretPart)).isEmpty();
            assertThat(filesHolding(secretPart)).isEmpty();
        }
        String planted = "eyJ0eXAiOiJoZWFkZ2F0ZStqd3Qi.planted.value-for-control";
        WORLD.controlPlane().transactions().useTransaction(tx -> {
            tx.handle().execute("CREATE TABLE IF NOT EXISTS leak (text text)");
            tx.handle().execute("INSERT INTO leak VALUES (?)", planted);
        });
        assertThat(tablesHolding(planted)).containsExactly("leak");
        assertThat(filesHolding(planted)).isNotEmpty();
    }

    private static List<String> tablesHolding(String needle) {
        return WORLD.controlPlane()
                .transactions()
                .inTransaction(tx -> tx
                        .handle()
                        .createQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                        .mapTo(String.class)
                        .list()
                        .stream()
                        .filter(table -> tx.handle()
                                        .createQuery("SELECT count(*) FROM \"" + table
                                                + "\" t WHERE position(:needle IN t::text) > 0")
                                        .bind("needle", needle)
                                        .mapTo(Integer.class)
                                        .one()
                                > 0)
                        .toList());
    }

    private static List<Path> filesHolding(String needle) throws IOException {
        // whatever is still in memory goes to disk first
        WORLD.controlPlane().transactions().useTransaction(tx -> tx.handle().execute("CHECKPOINT"));
        return ServerFiles.holding(needle);
    }
}
