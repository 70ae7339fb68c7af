package io.headgate.deployment.variable;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.SecretText;
import io.headgate.storage.SecretBox;
import io.headgate.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

/// SQL of environment variables; secret values are encrypted, each bound to its Deployment and key.
public final class VariableStore {
    private static final String ALL = """
            SELECT deployment_id, key, value, is_secret, updated_at FROM environment_variable
            WHERE deployment_id = :deploymentId ORDER BY key COLLATE "C"
            """;

    private static final String DELETE =
            "DELETE FROM environment_variable WHERE deployment_id = :deploymentId AND NOT key = ANY(:keys)";

    private static final String PUT = """
            INSERT INTO environment_variable (deployment_id, key, value, is_secret, updated_at)
            VALUES (:deploymentId, :key, :value, :secret, :updatedAt)
            ON CONFLICT ON CONSTRAINT environment_variable_key
            DO UPDATE SET value = excluded.value, is_secret = excluded.is_secret, updated_at = excluded.updated_at
            """;

    private final SecretBox box;

    public VariableStore(SecretBox box) {
        this.box = box;
    }

    /// All variables of a Deployment by key.
    public List<EnvironmentVariable> all(Transaction transaction, DeploymentId id) {
        return transaction
                .handle()
                .createQuery(ALL)
                .bind("deploymentId", id)
                .map((row, _) -> variable(id, row))
                .list();
    }

    /// Makes `next` all there is; rows of variables that did not change stay untouched.
    public void replace(
            Transaction transaction,
            DeploymentId id,
            List<EnvironmentVariable> current,
            List<EnvironmentVariable> next) {
        transaction
                .handle()
                .createUpdate(DELETE)
                .bind("deploymentId", id)
                .bindArray(
                        "keys",
                        String.class,
                        next.stream().map(EnvironmentVariable::key).toList())
                .execute();
        next.stream()
                .filter(variable -> !current.contains(variable))
                .forEach(variable -> transaction
                        .handle()
                        .createUpdate(PUT)
                        .bind("deploymentId", id)
                        .bind("key", variable.key())
                        .bind("value", stored(id, variable))
                        .bind("secret", variable.secret())
                        .bind("updatedAt", variable.updatedAt())
                        .execute());
    }

    private String stored(DeploymentId id, EnvironmentVariable variable) {
        return variable.secret()
                ? box.seal(place(id, variable.key()), variable.value())
                : variable.value().reveal();
    }

    private EnvironmentVariable variable(DeploymentId id, ResultSet row) throws SQLException {
        String key = row.getString("key");
        boolean secret = row.getBoolean("is_secret");
        String value = row.getString("value");
        return new EnvironmentVariable(
                key,
                secret ? box.open(place(id, key), value) : new SecretText(value),
                secret,
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static String place(DeploymentId id, String key) {
        return "deployment/" + id + "/variable/" + key;
    }
}
