package io.headgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Authorship;
import io.headgate.access.Role;
import io.headgate.access.Scope;
import io.headgate.access.Subject;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.storage.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The expression that scanners are given finds every value and nothing else (items 3 and 55).
final class PublishedExpressionTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Path REPOSITORY = Path.of("").toAbsolutePath();
    private static final List<String> SOURCES = List.of("src", "docs", "journeys", "airflow", "bench", "scripts");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void itIsTheOneThatIsPublished() throws IOException {
        assertThat(Files.readString(REPOSITORY.resolve("SECURITY.md")))
                .contains("`" + TokenValue.EXPRESSION.pattern() + "`");
    }

    @Test
    void itMatchesTenThousandFreshValuesWhollyAlsoInTheMidstOfText() throws IOException {
        TokenMinter minter = minter();
        Random random = new Random(20);
        for (int i = 0; i < 10_000; i++) {
            String value = minter.mint(token(random)).reveal();

            assertThat(value).matches(TokenValue.EXPRESSION);
            assertThat(found("TOKEN=\"" + value + "\" # or 'Bearer " + value + "'"))
                    .containsExactly(value, value);
        }
        String value = minter.mint(token(random)).reveal();
        assertThat(found(value.substring(0, value.length() - 1)))
                .as("control: one character is missing")
                .isEmpty();
    }

    @Test
    void itFindsNothingInThisRepositoryAndAPlantedValueInACopyOfIt() throws IOException {
        List<Path> sources = sources();
        assertThat(sources).hasSizeGreaterThan(500);

        assertThat(sources).filteredOn(file -> !found(text(file)).isEmpty()).isEmpty();

        String value = minter().mint(token(new Random(55))).reveal();
        for (Path source : List.of(sources.getFirst(), sources.getLast())) {
            String text = text(source);
            int middle = text.length() / 2;
            Path copy = Files.writeString(
                    folder.resolve("copy"), text.substring(0, middle) + " " + value + "\n" + text.substring(middle));
            assertThat(found(text(copy))).containsExactly(value);
        }
    }

    private static List<String> found(String text) {
        return TokenValue.EXPRESSION
                .matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }

    /// What people wrote, without what was built beside it.
    private static List<Path> sources() throws IOException {
        Pattern built = Pattern.compile("/(__pycache__|\\.venv|\\.pytest_cache|\\.ruff_cache|build|dist)/");
        try (Stream<Path> files = Stream.concat(
                        SOURCES.stream().flatMap(PublishedExpressionTest::below),
                        Stream.of("README.md", "SECURITY.md", "ARCHITECTURE.md", "CHANGELOG.md", "headgate", "pom.xml")
                                .map(REPOSITORY::resolve))
                .filter(file -> {
                    Matcher matcher = built.matcher(file.toString());
                    return !matcher.find();
                })) {
            return files.sorted().toList();
        }
    }

    private static Stream<Path> below(String name) {
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve(name))) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private TokenMinter minter() {
        return new TokenMinter(
                new SecureRandom(),
                SigningKey.readOrCreate(new Keys(folder.resolve("keys")).tokenSigning()),
                "https://headgate.example.com:8443");
    }

    /// Of every scope, with and without an end.
    private static ApiToken token(Random random) {
        OrganizationId organization = new OrganizationId(id(random));
        WorkspaceId workspace = new WorkspaceId(id(random));
        Scope home = switch (random.nextInt(3)) {
            case 0 -> new Scope.OfOrganization(organization);
            case 1 -> new Scope.OfWorkspace(organization, workspace);
            default -> new Scope.OfDeployment(organization, workspace, new DeploymentId(id(random)));
        };
        Role role = switch (home) {
            case Scope.OfOrganization _ -> Role.ORGANIZATION_OWNER;
            case Scope.OfWorkspace _ -> Role.WORKSPACE_OWNER;
            case Scope.OfDeployment _ -> Role.DEPLOYMENT_ADMIN;
        };
        OptionalInt days = random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(3650));
        return new ApiToken(
                new ApiTokenId(id(random)),
                home,
                "ci",
                "",
                role,
                List.of(),
                new Validity(NOW, days),
                "",
                Optional.empty(),
                Optional.empty(),
                Authorship.createdBy(new Subject.LocalAdministrator(), NOW));
    }

    private static String id(Random random) {
        StringBuilder id = new StringBuilder("c");
        random.ints(24, 0, 36).forEach(digit -> id.append(Character.forDigit(digit, 36)));
        return id.toString();
    }
}
