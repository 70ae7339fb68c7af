package io.headgate.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.headgate.kernel.PageRequest;
import io.headgate.testing.TestDatabase;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every statement of every store is prepared by a real PostgreSQL against the migrated schema.
final class StatementsCompileTest {
    private static final Pattern STATEMENT = Pattern.compile("(?s)^(SELECT|INSERT|UPDATE|DELETE|WITH)\\s.*");
    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):[a-zA-Z]\\w*");

    @Test
    void everyStatementOfEveryStoreFitsTheSchema() throws Exception {
        SequencedMap<String, String> statements = statements();
        assertThat(statements).hasSizeGreaterThan(25);
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.database().dataSource().getConnection()) {
            for (Map.Entry<String, String> statement : statements.entrySet()) {
                try {
                    prepare(connection, statement.getValue());
                } catch (SQLException e) {
                    throw new AssertionError(
                            statement.getKey() + ": " + e.getMessage() + "\n" + statement.getValue(), e);
                }
            }
            // control: a typing error in a column is found
            assertThatThrownBy(() -> prepare(connection, "SELECT nmae FROM workspace WHERE id = :id"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("nmae");
        }
    }

    private static void prepare(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(PARAMETER.matcher(sql).replaceAll("?"))) {
            // asks the server to parse and plan; nothing runs
            assertThat(statement.getParameterMetaData().getParameterCount()).isNotNegative();
        }
    }

    private static SequencedMap<String, String> statements() throws Exception {
        SequencedMap<String, String> found = new LinkedHashMap<>();
        for (JavaClass store : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.headgate")) {
            if (!store.getSimpleName().endsWith("Store")) {
                continue;
            }
            for (Field field : store.reflect().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                field.setAccessible(true);
                String name = store.getSimpleName() + "." + field.getName();
                switch (field.get(null)) {
                    case String sql when STATEMENT.matcher(sql.strip()).matches() -> found.put(name, sql);
                    case PagedStatement<?> list -> {
                        found.put(name + ".count", list.countSql());
                        found.put(name + ".page", list.pageSql(PageRequest.first()));
                    }
                    default -> {}
                }
            }
        }
        return found;
    }
}
