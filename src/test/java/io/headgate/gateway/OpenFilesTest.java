package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The limit of connections is one that can be reached.
class OpenFilesTest {
    @Test
    void connectionsTakeAtMostTwoThirdsOfTheOpenFiles() {
        assertThat(OpenFiles.connections(12_288, 1024)).isEqualTo(683);
        assertThat(OpenFiles.connections(12_288, 1_048_576)).as("control").isEqualTo(12_288);
        assertThat(OpenFiles.connections(12_288, Long.MAX_VALUE)).isEqualTo(12_288);
        assertThat(OpenFiles.connections(1)).isEqualTo(1);
    }
}
