package io.headgate.storage;

import io.headgate.testing.Golden;
import io.headgate.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/// The whole schema as one readable text, from the catalog: every change of it is a diff.
final class SchemaTest {
    private static final String COLUMNS = """
            SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type
                || CASE c.is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END
                || coalesce(' DEFAULT ' || c.column_default, '')
            FROM information_schema.columns c
            WHERE c.table_schema = 'public' AND c.table_name <> 'flyway_schema_history'
            ORDER BY c.table_name, c.ordinal_position
            """;
    private static final String CONSTRAINTS = """
            SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'flyway_schema_history'
                AND contype <> 'n'
            ORDER BY 1
            """;
    private static final String INDEXES = """
            SELECT indexdef FROM pg_indexes
            WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history' ORDER BY indexname
            """;
    private static final String TRIGGERS = """
            SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1
            """;

    @Test
    void theSchemaIsTheReviewedOne() {
        try (TestDatabase database = TestDatabase.create()) {
            StringBuilder schema = new StringBuilder();
            new Transactions(database.database().jdbi()).useTransaction(tx -> {
                for (String query : new String[] {COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS}) {
                    tx.handle()
                            .createQuery(query)
                            .mapTo(String.class)
                            .forEach(line -> schema.append(line).append('\n'));
                    schema.append('\n');
                }
            });
            Golden.assertMatches("schema.txt", schema.toString());
        }
    }
}
