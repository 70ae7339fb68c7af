package io.headgate.deployment;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.SecretText;
import io.headgate.storage.JsonColumn;
import io.headgate.storage.SecretBox;

/// Turns {@link AirflowSecrets} into the text that the database keeps, and back; bound to their Deployment.
final class SealedSecrets {
    private final SecretBox box;

    SealedSecrets(SecretBox box) {
        this.box = box;
    }

    String seal(DeploymentId id, AirflowSecrets secrets) {
        return box.seal(
                place(id),
                new SecretText(JsonColumn.write(new Plain(
                        secrets.fernetKey().reveal(),
                        secrets.apiSecretKey().reveal(),
                        secrets.jwtSecret().reveal(),
                        secrets.databasePassword().reveal()))));
    }

    AirflowSecrets open(DeploymentId id, String sealed) {
        Plain plain = JsonColumn.read(box.open(place(id), sealed).reveal(), Plain.class);
        return new AirflowSecrets(
                new SecretText(plain.fernetKey),
                new SecretText(plain.apiSecretKey),
                new SecretText(plain.jwtSecret),
                new SecretText(plain.databasePassword));
    }

    private static String place(DeploymentId id) {
        return "deployment/" + id + "/airflow";
    }

    /// Lives only between the two lines that seal and open.
    private record Plain(String fernetKey, String apiSecretKey, String jwtSecret, String databasePassword) {
        @Override
        public String toString() {
            return "***";
        }
    }
}
