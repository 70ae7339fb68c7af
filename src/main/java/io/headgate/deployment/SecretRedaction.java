package io.headgate.deployment;

import io.headgate.deployment.variable.EnvironmentVariable;
import io.headgate.kernel.SecretText;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Takes the secrets of one Deployment out of texts that its code and its Airflow wrote and others read.
///
/// It finds values as they are, not in another spelling, and none of fewer than five characters: those are found in
/// every other word, and Airflow leaves them, too.
public final class SecretRedaction {
    private static final int LENGTH_MIN = 5;
    private static final String STARS = "***";

    private final List<String> hidden;

    private SecretRedaction(Stream<SecretText> secrets) {
        this.hidden = secrets.map(SecretText::reveal)
                .flatMap(SecretRedaction::spellings)
                .filter(text -> text.length() >= LENGTH_MIN)
                .distinct()
                // what holds another one goes first
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /// Of a Deployment as it is to run now: values that it had before are not known any more.
    public static SecretRedaction of(DesiredAirflow airflow) {
        AirflowSecrets own = airflow.secrets();
        return new SecretRedaction(Stream.concat(
                airflow.variables().stream().filter(EnvironmentVariable::secret).map(EnvironmentVariable::value),
                Stream.of(own.fernetKey(), own.apiSecretKey(), own.jwtSecret(), own.databasePassword())));
    }

    public String of(String text) {
        String clean = text;
        for (String secret : hidden) {
            clean = clean.replace(secret, STARS);
        }
        return clean;
    }

    /// Logs are lines, and `repr` of what has several lines holds each of them and no line break.
    private static Stream<String> spellings(String value) {
        return Stream.concat(
                Stream.of(value, value.strip().replaceAll("\\s+", " ")),
                value.lines().map(String::strip));
    }

    @Override
    public String toString() {
        return "SecretRedaction[" + hidden.size() + " texts]";
    }
}
