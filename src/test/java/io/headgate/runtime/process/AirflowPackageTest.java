package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AirflowPackageTest {
    @TempDir
    Path cache;

    @Test
    void theListNamesEveryFileOfThePackage() throws IOException {
        Path source = Path.of("airflow");
        try (Stream<Path> files = Files.walk(source.resolve("headgate_airflow"))) {
            List<String> found = files.filter(file -> file.toString().endsWith(".py"))
                    .map(file -> source.relativize(file).toString())
                    .sorted()
                    .toList();

            assertThat(AirflowPackage.FILES).isEqualTo(found);
        }
    }

    @Test
    void itIsUnpackedOnceAndReadableByAll() throws IOException {
        Path first = AirflowPackage.unpackedIn(cache);
        Path file = first.resolve("headgate_airflow/preflight.py");

        assertThat(file).hasSameTextualContentAs(Path.of("airflow/headgate_airflow/preflight.py"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Files.getPosixFilePermissions(first)).isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(AirflowPackage.unpackedIn(cache)).isEqualTo(first);
        assertThat(first.resolveSibling(".").toFile().list()).hasSize(1);
    }

    @Test
    void theFirstBundleIsThere() {
        assertThat(AirflowPackage.resource("/airflow/first-bundle/dags/hello_headgate.py"))
                .isNotEmpty();
    }
}
