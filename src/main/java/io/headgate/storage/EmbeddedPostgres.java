package io.headgate.storage;

import io.headgate.host.ChildProcess;
import io.headgate.host.FileTree;
import io.headgate.host.FreePorts;
import io.headgate.host.OomPreference;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.RunAs;
import io.headgate.host.Signal;
import io.headgate.host.Wait;
import io.headgate.kernel.SecretText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// A real PostgreSQL that belongs to one data folder and lives as long as Headgate.
///
/// 1. The first start makes a cluster beside its final place, with scram passwords and checksums, and renames it.
/// 2. A start that finds a live postmaster of ours (Headgate was killed) adopts it if it answers, else stops it fast.
/// 3. It listens on a loopback port that is chosen once and kept, on no socket file, and its log names no values.
/// 4. When we are root it runs under a user id of its own, which no Deployment has.
///
/// The caller holds the lock of the data folder; nothing here guards against a second Headgate.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);
    private static final String SUPERUSER = "headgate";
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration ADOPTION_LIMIT = Duration.ofSeconds(15);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);

    /// Uid of `nobody` on every Linux we know; only `initdb` runs under it, for a second.
    private static final int NOBODY = 65534;

    /// Every Deployment holds 4–6 connections when idle and up to about 30 when busy.
    private static final int CONNECTIONS_MAX = 400;

    private final Path folder;
    private final PostgresPrograms programs;
    private final RunAs user;

    private EmbeddedPostgres(Path folder, PostgresPrograms programs, RunAs user) {
        this.folder = folder;
        this.programs = programs;
        this.user = user;
    }

    /// Makes, adopts or starts the cluster below `folder` and waits until it answers.
    ///
    /// @param cache where the programs are unpacked; `user` must be able to read it
    /// @param user whom the server runs as; a {@link RunAs.UserId} only when we are root
    /// @param database made if it is not there
    public static EmbeddedPostgres start(Path folder, Path cache, RunAs user, String database)
            throws InterruptedException {
        EmbeddedPostgres postgres = new EmbeddedPostgres(folder, PostgresPrograms.unpackedIn(cache), user);
        postgres.prepare();
        if (!postgres.adopted()) {
            postgres.launch();
        }
        postgres.ensureDatabase(database);
        return postgres;
    }

    /// How to reach a database of this cluster as its superuser.
    public DatabaseAddress address(String database) {
        return new DatabaseAddress("127.0.0.1", port(), database, SUPERUSER, password());
    }

    /// Stops it fast: open transactions are rolled back, everything committed is on disk.
    @Override
    public void close() {
        postmaster().ifPresent(this::stop);
    }

    private void prepare() throws InterruptedException {
        Path cluster = cluster();
        if (Files.isRegularFile(cluster.resolve("PG_VERSION"))) {
            refuseOtherMajorVersion();
            return;
        }
        try {
            Files.createDirectories(folder);
            // the server's own user passes through, and sees nothing but its own folders
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            Path half = folder.resolve("cluster.new");
            FileTree.delete(half);
            initialise(half);
            Files.move(half, cluster, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the database below " + folder, e);
        }
    }

    private void initialise(Path half) throws IOException, InterruptedException {
        SecretText password = new SecretText(randomHex());
        PrivateFiles.write(passwordFile(), password.reveal());
        Files.createDirectory(half);
        Path log = folder.resolve("initdb.log");
        Path verifier = folder.resolve("initdb.verifier");
        PrivateFiles.write(verifier, ScramVerifier.of(password, new SecureRandom()));
        // initdb wants a user with a name, which a bare user id has not: it runs as nobody, who learns only a verifier,
        // and its files change hands afterwards
        RunAs initdbUser = user instanceof RunAs.UserId ? new RunAs.UserId(NOBODY) : user;
        initdbUser.own(half);
        initdbUser.own(verifier);
        int exit = new ChildProcess(
                        List.of(
                                programs.initdb().toString(),
                                "--pgdata=" + half,
                                "--username=" + SUPERUSER,
                                "--auth=scram-sha-256",
                                "--pwfile=" + verifier,
                                "--encoding=UTF8",
                                "--no-locale",
                                "--data-checksums"),
                        initdbUser,
                        environment(),
                        folder,
                        log)
                .run(INITDB_LIMIT);
        Files.delete(verifier);
        if (exit != 0) {
            throw new StorageException("initdb failed with exit code " + exit + "; see " + log);
        }
        user.own(half);
    }

    private void refuseOtherMajorVersion() {
        String version = read(cluster().resolve("PG_VERSION")).strip();
        if (!version.equals(PostgresPrograms.MAJOR_VERSION)) {
            throw new StorageException("the database in " + cluster() + " is of PostgreSQL " + version
                    + " and this Headgate brings " + PostgresPrograms.MAJOR_VERSION
                    + ": dump it with the Headgate that wrote it and restore it into an empty data folder");
        }
    }

    private boolean adopted() throws InterruptedException {
        Optional<ProcessIdentity> left = postmaster();
        if (left.isEmpty()) {
            return false;
        }
        // on a busy machine it may take a while; stopping it would take every Airflow with it
        if (Wait.until(ADOPTION_LIMIT, this::answers)) {
            LOG.info("adopted the database that an earlier run left");
            return true;
        }
        LOG.warn("a database that an earlier run left does not answer; stopping it");
        stop(left.get());
        return false;
    }

    private void launch() throws InterruptedException {
        // a lost port is no harm: whoever needs it asks for the address again
        if (!Files.isRegularFile(portFile()) || !FreePorts.isFree(port())) {
            PrivateFiles.write(portFile(), Integer.toString(FreePorts.any()));
        }
        Path log = folder.resolve("postgres.log");
        ProcessIdentity server = new ChildProcess(
                        List.of(
                                programs.postgres().toString(),
                                "-D",
                                cluster().toString(),
                                "-p",
                                Integer.toString(port()),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "max_connections=" + CONNECTIONS_MAX,
                                "-c",
                                "fsync=on",
                                "-c",
                                "log_min_error_statement=panic"),
                        user,
                        serverEnvironment(),
                        folder,
                        log,
                        OomPreference.SPARED.prefix())
                .start();
        boolean settled = Wait.until(START_LIMIT, () -> answers() || !server.alive());
        if (!settled || !server.alive()) {
            throw new StorageException("the built-in database did not start; see " + log);
        }
    }

    private void ensureDatabase(String name) {
        DatabaseAddress address = address("postgres");
        try (Connection connection = DriverManager.getConnection(
                        address.jdbcUrl(), address.user(), address.password().reveal());
                PreparedStatement exists = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                Statement create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                create.execute("CREATE DATABASE " + name);
            }
        } catch (SQLException e) {
            throw new StorageException("the database " + name + " cannot be made: " + e.getMessage(), e);
        }
    }

    private void stop(ProcessIdentity server) {
        Signal.INTERRUPT.send(server);
        try {
            if (!Wait.until(STOP_LIMIT, () -> !server.alive())) {
                LOG.warn("the database did not stop in time; killing it (it recovers at the next start)");
                Signal.KILL.sendToGroup(server.session());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The running postmaster of this cluster: its pid file names it, and its working folder is the cluster.
    private Optional<ProcessIdentity> postmaster() {
        Path pidFile = cluster().resolve("postmaster.pid");
        if (!Files.isRegularFile(pidFile)) {
            return Optional.empty();
        }
        String first = read(pidFile).lines().findFirst().orElse("").strip();
        if (first.isEmpty() || !first.chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        return ProcessIdentity.of(Long.parseLong(first))
                .filter(process -> process.workingFolder()
                        .filter(cluster().toAbsolutePath()::equals)
                        .isPresent());
    }

    private boolean answers() {
        if (!Files.isRegularFile(portFile()) || !Files.isRegularFile(passwordFile())) {
            return false;
        }
        DatabaseAddress address = address("postgres");
        try (Connection connection = DriverManager.getConnection(
                address.jdbcUrl() + "?connectTimeout=2&socketTimeout=5&loginTimeout=3",
                address.user(),
                address.password().reveal())) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private int port() {
        return Integer.parseInt(read(portFile()).strip());
    }

    private SecretText password() {
        return new SecretText(read(passwordFile()).strip());
    }

    private Path cluster() {
        return folder.resolve("cluster");
    }

    private Path portFile() {
        return folder.resolve("port");
    }

    private Path passwordFile() {
        return folder.resolve("password");
    }

    /// The first process is spared when memory runs out, its sessions less: PostgreSQL reads these two for that.
    private static Map<String, String> serverEnvironment() {
        Map<String, String> all = new HashMap<>(environment());
        all.put("PG_OOM_ADJUST_FILE", "/proc/self/oom_score_adj");
        all.put("PG_OOM_ADJUST_VALUE", Integer.toString(OomPreference.DATABASE_SESSION.score()));
        return all;
    }

    private static Map<String, String> environment() {
        return Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C", "TZ", "UTC");
    }

    private static String randomHex() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
