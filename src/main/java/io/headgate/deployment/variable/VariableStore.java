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
