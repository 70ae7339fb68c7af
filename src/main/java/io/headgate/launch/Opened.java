package io.headgate.launch;

import io.headgate.config.HeadgateSettings;
import io.headgate.config.Settings;
import io.headgate.deployment.UserIsolation;
import io.headgate.host.RunAs;
import io.headgate.kernel.SecretText;
import io.headgate.storage.Database;
import io.headgate.storage.DatabaseAddress;
import io.headgate.storage.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A data folder taken into use: locked, its database running and migrated. Whoever opened it closes it.
record Opened(
        DataFolder folder,
        Path cache,
        boolean weAreRoot,
        DataLock lock,
        Optional<EmbeddedPostgres> postgres,
        Database database)
        implements AutoCloseable {
    static final String CONTROL_DATABASE = "headgate";

    static DataFolder folderOf(Settings settings, Map<String, String> environment) {
        boolean root = RunAs.weAreRoot();
        return DataFolder.prepared(
                settings.get(HeadgateSettings.DATA)
                        .orElse(DefaultFolders.of(root, environment).data()),
                root);
    }

    static Opened open(Settings settings, Map<String, String> environment, Consumer<String> progress)
            throws InterruptedException {
        boolean root = RunAs.weAreRoot();
        DataFolder folder = folderOf(settings, environment);
        DataLock lock = DataLock.take(folder.lock());
        try {
            Path cache = DataFolder.preparedCache(
                    settings.get(HeadgateSettings.CACHE)
                            .orElse(DefaultFolders.of(root, environment).cache()),
                    root);
            Optional<EmbeddedPostgres> postgres = postgres(settings, folder, cache, root, progress);
            try {
                return new Opened(folder, cache, root, lock, postgres, database(settings, postgres));
            } catch (RuntimeException e) {
                postgres.ifPresent(EmbeddedPostgres::close);
                throw e;
            }
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    UserIsolation isolation() {
        return weAreRoot ? UserIsolation.USER_EACH : UserIsolation.SHARED_USER;
    }

    @Override
    public void close() {
        database.close();
        postgres.ifPresent(EmbeddedPostgres::close);
        lock.close();
    }

    private static Optional<EmbeddedPostgres> postgres(
            Settings settings, DataFolder folder, Path cache, boolean root, Consumer<String> progress)
            throws InterruptedException {
        if (settings.get(HeadgateSettings.DATABASE_URL).isPresent()) {
            return Optional.empty();
        }
        progress.accept("starting the built-in PostgreSQL");
        return Optional.of(EmbeddedPostgres.start(
                folder.postgres(),
                cache,
                DataFolder.databaseUser(root, settings.get(HeadgateSettings.FIRST_UID)),
                CONTROL_DATABASE));
    }

    private static Database database(Settings settings, Optional<EmbeddedPostgres> postgres) {
        return Database.open(postgres.map(server -> server.address(CONTROL_DATABASE))
                .orElseGet(() -> DatabaseAddress.parse(
                        settings.get(HeadgateSettings.DATABASE_URL).orElseThrow(),
                        settings.get(HeadgateSettings.DATABASE_USER),
                        settings.get(HeadgateSettings.DATABASE_PASSWORD).orElse(new SecretText("")))));
    }
}
