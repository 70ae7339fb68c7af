package io.headgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.Deployment;
import io.headgate.kernel.DeployId;
import io.headgate.testing.Tars;
import io.headgate.testing.TestControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is uploaded for deploys, and what becomes of it when nobody finalizes them.
final class UploadsTest {
    private final TestDeploys deploys = new TestDeploys();
    private final TestControlPlane test = deploys.controlled();
    private final Deployment place = deploys.place();

    @AfterEach
    void close() {
        deploys.close();
    }

    /// D15.
    @Test
    void neverFinalizedOnesFailAfterADayAndTheirFilesGo() throws Exception {
        DeployId forgotten = deploys.pushed("forgotten");
        test.clock().advance(Duration.ofHours(23));
        deploys.keepHouse();
        assertThat(deploys.state(forgotten)).isEqualTo(DeployState.CREATED);
        assertThat(deploys.uploads(forgotten)).exists();

        test.clock().advance(Duration.ofHours(1));
        deploys.keepHouse();
        assertThat(deploys.state(forgotten)).isEqualTo(DeployState.FAILED);
        assertThat(deploys.uploads(forgotten)).doesNotExist();
    }

    @Test
    void whatALastRunWasReceivingIsThrownAway() throws Exception {
        DeployId id = deploys.pushed("kept");
        Files.writeString(deploys.uploads(id).resolve("x.part"), "half");

        test.controlPlane().deployHousekeeping().begin();

        assertThat(deploys.uploads(id).toFile().list())
                .singleElement()
                .asString()
                .startsWith("archive-");
        assertThat(deploys.finished(id).state()).isNotEqualTo(DeployState.FAILED);
    }

    /// Two uploads of one deploy never mix: the one that ends last is the deploy's, whole.
    @Test
    void uploadsAtOnceDoNotMix() throws Exception {
        DeployId id = deploys.created();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> puts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] archive = new Tars()
                        .file("dags/n" + i + ".py", ("" + i).repeat(4000))
                        .gzip();
                puts.add(pool.submit(() -> deploys.upload(id, archive)));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        }
        assertThat(deploys.uploads(id).toFile().list()).hasSize(1);
        deploys.finished(id);
        Path dags = test.codeHost()
                .version(place.id(), deploys.view(id).version().orElseThrow())
                .resolve("dags");
        assertThat(dags.toFile().listFiles()).singleElement().satisfies(file -> {
            String digit = file.getName().substring(1, 2);
            assertThat(file).hasContent(digit.repeat(4000));
        });
    }

    /// A pipeline that dies again and again before it finalizes does not fill the disk.
    @Test
    void onlySoManyWaitToBeFinalized() throws Exception {
        DeployId forgotten = deploys.pushed("forgotten");
        for (int i = 1; i < Deploys.UNFINALIZED_MAX; i++) {
            test.clock().advance(Duration.ofSeconds(1));
            deploys.created();
        }
        assertThat(deploys.state(forgotten)).as("control").isEqualTo(DeployState.CREATED);

        test.clock().advance(Duration.ofSeconds(1));
        DeployId newest = deploys.pushed("newest");

        assertThat(deploys.view(forgotten).state()).isEqualTo(DeployState.FAILED);
        assertThat(deploys.view(forgotten).statusReason()).startsWith("20 deploys were created after it");
        deploys.keepHouse();
        assertThat(deploys.uploads(forgotten)).doesNotExist();
        assertThat(deploys.finished(newest).state()).isNotEqualTo(DeployState.FAILED);
    }
}
