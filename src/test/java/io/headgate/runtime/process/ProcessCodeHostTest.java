package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.deploy.CodeHost;
import io.headgate.deploy.Findings;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.host.FileTree;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.ProcessTable;
import io.headgate.host.RunAs;
import io.headgate.kernel.DeployId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every way in which pushed code can be broken or hostile ends in a finding, and nothing of it stays. Real Airflow.
@Tag("airflow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProcessCodeHostTest {
    private static final String GOOD = """
            from airflow.sdk import DAG
            from include.words import WORD
            with DAG("good", description=WORD):
                pass
            """;

    private final TestHost host = new TestHost();
    private final CodeHost code = host.runtime().codeHost();

    /// Airflow's own limit for one file made short, so that the test is.
    private final DesiredAirflow desired = TestHost.desired(
            7101,
            "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT",
            "3",
            "GREETING",
            "hello",
            "SECRET_WORD",
            "xyzzy-plugh",
            "LD_PRELOAD",
            "/no/such.so",
            "GCONV_PATH",
            "/tmp");

    private int deploys;

    @BeforeAll
    void itIsUp() {
        host.folder(desired).prepareForCode();
    }

    @AfterEach
    void nothingStays() throws Exception {
        assertThat(running()).isEmpty();
        assertThat(list(host.folder(desired).scratch())).isEmpty();
    }

    @AfterAll
    void clean() throws IOException {
        host.close();
    }

    @Test
    void aGoodBundleHasItsDagsAndNoFindings() throws Exception {
        Findings found =
                validate(Map.of("dags/good.py", GOOD, "include/words.py", "WORD = 'hello'", "dags/no.py", "x("));

        assertThat(found.errors())
                .as("no.py mentions no DAG, so Airflow skips it")
                .isEmpty();
        assertThat(found.warnings()).isEmpty();
        assertThat(found.dagIds()).containsExactly("good");
    }

    @Test
    void anArchiveWithoutADagsFolderIsValidatedFromItsRoot() throws Exception {
        Findings found = validate(Map.of("good.py", "from airflow.sdk import DAG\nwith DAG('top'): pass\n"));

        assertThat(found).isEqualTo(new Findings(List.of("top"), List.of(), List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            syntax error     | def x(:                            | 2 | SyntaxError: invalid syntax
            missing import   | import nosuchmodule                | 2 | ModuleNotFoundError: No module named 'nosuchmodule'
            exit             | import sys; sys.exit(0)            | 2 | SystemExit: the file ends the process
            sleep            | import time; time.sleep(600)       | 2 | importing it takes longer than Airflow allows (3 s
            large allocation | x = bytearray(3 * 1024**3)         | 2 | needs more memory than is allowed during validation (2048 MiB)
            large file       | open('x','wb').truncate(2**30)     | 2 | writes a larger file than is allowed during validation (64 MiB)
            open files       | f = [open('/dev/null') for _ in range(5000)] | 2 | opens more files than are allowed during validation (1024)
            secret in words  | import os; raise ValueError(os.environ['SECRET_WORD'] + os.environ['GREETING']) | 2 | ValueError: ***hello
            ended at once    | import os; os._exit(0)             | 0 | ended without a result, as if the file had ended it: dags/bad.py was being imported
            killed           | import os; os.kill(os.getpid(), 9) | 0 | exit code 137 and no result: dags/bad.py was being imported
            """)
    void aBrokenFileIsNamedWithItsLine(String name, String statement, int line, String words) throws Exception {
        Findings found = validate(Map.of(
                "dags/bad.py",
                "from airflow.sdk import DAG\n" + statement + "\n",
                "dags/good.py",
                GOOD,
                "include/words.py",
                "WORD = 'hello'"));

        assertThat(found.errors()).as(name).singleElement().satisfies(error -> {
            assertThat(error.message())
                    .contains(words)
                    .doesNotContain("xyzzy", host.data().toString());
            assertThat(error.file()).isEqualTo("dags/bad.py");
            assertThat(error.line()).isEqualTo(line == 0 ? OptionalInt.empty() : OptionalInt.of(line));
        });
        assertThat(found.dagIds()).as("control").isEqualTo(line == 0 ? List.of() : List.of("good"));
    }

    @Test
    void cyclesAndDoubleIdsNameTheTasksAndBothFiles() throws Exception {
        Findings found = validate(Map.of(
                "dags/cycle.py", """
                        from airflow.sdk import DAG
                        from airflow.providers.standard.operators.empty import EmptyOperator
                        with DAG("round"):
                            a, b, c = (EmptyOperator(task_id=t) for t in "abc")
                            a >> b >> c >> a
                        """,
                "dags/one.py", "from airflow.sdk import DAG\nwith DAG('same'): pass\n",
                "dags/two.py", "from airflow.sdk import DAG\nwith DAG('same'): pass\n"));

        assertThat(found.errors())
                .containsExactly(
                        new Findings.Finding(
                                "dags/cycle.py", OptionalInt.empty(), "DAG 'round' has a cycle: a >> b >> c >> a"),
                        new Findings.Finding(
                                "dags/two.py", OptionalInt.empty(), "DAG id 'same' is used by dags/one.py already"));
        assertThat(found.dagIds()).containsExactly("same");
    }

    @Test
    void whatIsOnlyInAirflowsDatabaseIsAWarning() throws Exception {
        Findings found = validate(Map.of(
                "dags/strict.py", "from airflow.sdk import DAG, Variable\nVariable.get('there')\n",
                "dags/lax.py", "from airflow.sdk import DAG, Variable\nDAG(Variable.get('name', default='lax'))\n"));

        assertThat(found.errors()).isEmpty();
        assertThat(found.warnings()).hasSize(2).allSatisfy(warning -> {
            assertThat(warning.message()).contains("reads Variable '");
            assertThat(warning.line()).isEqualTo(OptionalInt.of(2));
        });
    }

    @Test
    void aForkBombEndsInAFindingAndHurtsNobodyElse() throws Exception {
        Findings polite = validate(bad("import os\nwhile True: os.fork()"));
        assertThat(polite.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("more processes"));

        Findings rude = validate(bad("""
                import os
                while True:
                    try:
                        if os.fork() == 0: os.setsid()
                    except BaseException: pass
                """));
        assertThat(rude.errors())
                .isNotEmpty()
                .first()
                .satisfies(error -> assertThat(error.file()).as(error.message()).isEqualTo("dags/bad.py"));
        assertThat(running()).isEmpty();
    }

    @Test
    void threadsCannotHoldTheProcessAndDaemonsCannotOutliveIt() throws Exception {
        Findings found = validate(bad("""
                import os, subprocess, threading, time
                threading.Thread(target=time.sleep, args=(600,)).start()
                if os.fork() == 0:
                    os.setsid()
                    subprocess.Popen(["sleep", "600"], env={}, start_new_session=True)
                    os._exit(0)
                time.sleep(0.5)
                assert "sleep" in subprocess.run("ps ax || cat /proc/[0-9]*/comm", shell=True, capture_output=True, text=True).stdout
                with DAG("fine"): pass
                """));

        assertThat(found.errors()).isEmpty();
        assertThat(found.dagIds()).as("control: the daemon was there").containsExactly("fine");
        assertThat(running()).isEmpty();
    }

    @Test
    void theWholeHasALimitThatNoFileCanCatch() throws Exception {
        ConfinementLimits brief =
                new ConfinementLimits(Duration.ofSeconds(6), Duration.ofSeconds(40), 2L << 30, 128, 64L << 20, 1024);
        Path staged = staged(bad("""
                import time
                while True:
                    try: time.sleep(600)
                    except BaseException: pass
                """));

        Findings found = host.runtime().codeHost(brief).validate(desired, staged, Optional.empty());

        assertThat(found.errors())
                .containsExactly(new Findings.Finding(
                        "dags/bad.py",
                        OptionalInt.empty(),
                        "validation did not end within the allowed 6 s: dags/bad.py was being imported"));
    }

    @Test
    void itRunsUnderTheUserOfItsDeploymentAndSeesNoneOfOurSecrets() throws Exception {
        Findings found = validate(bad("""
                import os
                raise ValueError(sorted(k for k in os.environ if "KEY" in k or "PASSWORD" in k or "JWT" in k or "LD_" in k or "GCONV" in k), os.getuid(),
                    os.access(os.path.dirname(os.path.dirname(__file__)), os.W_OK), os.environ["GREETING"])
                """));

        assertThat(found.errors()).singleElement().satisfies(error -> {
            String user = RunAs.weAreRoot() ? TestHost.FIRST_UID + ", False" : "True";
            assertThat(error.message()).contains("([], ").contains(user).contains("'hello'");
        });
    }

    @Test
    void aForgedResultIsOnlyTakenForWords() throws Exception {
        Findings found = validate(bad("""
                import os, sys
                open(sys.argv[2], "w").write('{"dagIds":["x\\\\u0007"],"errors":[],"warnings":[]}')
                os._exit(0)
                """));

        assertThat(found.dagIds()).isEmpty();
        assertThat(found.errors()).hasSize(1);
    }

    @Test
    void aValidatedArchiveBecomesAVersionThatNobodyCanChange() throws Exception {
        BundleVersion version = new BundleVersion("2026-01-02T03:04:05.0000001Z");
        Path staged = staged(Map.of("dags/good.py", GOOD, "include/words.py", "WORD = 1"));

        code.keep(desired.id(), version, staged);
        code.keep(desired.id(), version, staged);

        Path kept = host.folder(desired).versions().resolve("2026-01-02T03-04-05.0000001Z");
        assertThat(code.kept(desired.id())).contains("2026-01-02T03-04-05.0000001Z");
        assertThat(kept.resolve("dags/good.py")).hasContent(GOOD);
        assertThat(staged).doesNotExist();
        if (RunAs.weAreRoot()) {
            assertThat(Files.getAttribute(kept, "unix:uid")).isEqualTo(0);
            assertThat(Files.getPosixFilePermissions(kept)).doesNotContain(PosixFilePermission.GROUP_WRITE);
        }
        code.discard(desired.id(), "2026-01-02T03-04-05.0000001Z");
        code.discard(desired.id(), "2026-01-02T03-04-05.0000001Z");
        assertThat(kept).doesNotExist();
    }

    @Test
    void stagesOfDeploysThatAreOverAreCleared() throws Exception {
        Path over = staged(Map.of("dags/a.py", ""));
        DeployId going = new DeployId("cdeploygoing0000000000000");
        Path stays = code.stage(desired.id(), going);
        Files.writeString(stays.resolve("x"), "");

        code.clearStages(desired.id(), () -> Set.of(going));

        assertThat(over).doesNotExist();
        assertThat(stays.resolve("x")).as("control").exists();
        assertThat(code.stage(desired.id(), going)).isEmptyDirectory();
    }

    /// Otherwise nothing would ever put it away again.
    @Test
    void aDeploymentThatWasPutAwayMeanwhileDoesNotComeBack() throws Exception {
        DesiredAirflow gone = TestHost.desired(7102);
        Path folder = host.folder(gone).root();
        DeployId deploy = new DeployId("cdeploygone00000000000000");
        host.folder(gone).prepareForCode();
        Path staged = code.stage(gone.id(), deploy);
        assertThat(staged).as("control").isEmptyDirectory();
        FileTree.delete(folder);

        assertThatThrownBy(() -> code.keep(gone.id(), new BundleVersion("2026-01-02T03:04:05.0000000Z"), staged))
                .hasMessageContaining("cannot make the folders");
        assertThatThrownBy(() -> code.stage(gone.id(), deploy)).hasMessageContaining("cannot make the folders");
        assertThat(folder).doesNotExist();
    }

    private static Map<String, String> bad(String body) {
        return Map.of("dags/bad.py", "from airflow.sdk import DAG\n" + body + "\n");
    }

    private Findings validate(Map<String, String> files) throws Exception {
        return code.validate(desired, staged(files), Optional.empty());
    }

    private Path staged(Map<String, String> files) throws IOException {
        Path staged = code.stage(desired.id(), new DeployId("cdeploy%018d".formatted(++deploys)));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = staged.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling("."));
            Files.writeString(path, file.getValue());
        }
        return staged;
    }

    private Set<ProcessIdentity> running() {
        String mark = "HEADGATE_CONFINED=" + host.instance().name() + "/";
        return ProcessTable.now().all().stream()
                .filter(process -> process.environment().stream().anyMatch(line -> line.startsWith(mark))
                        || (RunAs.weAreRoot()
                                && process.uid()
                                        .filter(uid -> uid >= TestHost.FIRST_UID && uid < TestHost.FIRST_UID + 20)
                                        .isPresent()))
                .collect(Collectors.toSet());
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
