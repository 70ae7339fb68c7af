package io.headgate.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import io.headgate.kernel.SecretText;
import io.headgate.token.TokenValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which room may see which. A new arrow is a line in this file, and so it is seen.
@AnalyzeClasses(packages = "io.headgate", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "io.headgate.";

    /// Features, with the features they may see beside kernel, access, audit and storage.
    private static final Map<String, List<String>> FEATURES = Map.of(
            "organization", List.of(),
            "identity", List.of(),
            "deployment", List.of("organization"),
            "token", List.of("organization", "deployment"),
            "deploy", List.of("deployment", "host"),
            "environment", List.of("deployment"),
            "alert", List.of("organization", "deployment", "token"));

    private static final List<String> EDGES = List.of("api", "ui", "gateway", "upload", "registry");
    private static final List<String> DRIVERS =
            List.of("runtime.process", "runtime.container", "runtime.kubernetes", "runtime.external");

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule kernelSeesOnlyTheJdk = classes()
            .that()
            .resideInAPackage(ROOT + "kernel..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + "kernel..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule accessSeesOnlyTheKernel = classes()
            .that()
            .resideInAPackage(ROOT + "access..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + "access..", ROOT + "kernel..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule hostSeesOnlyTheKernel = ours("host").should(seeOnlyOurs("host", "kernel"));

    @ArchTest
    static final ArchRule configSeesOnlyTheKernel = ours("config").should(seeOnlyOurs("config", "kernel"));

    @ArchTest
    static final ArchRule storageSeesNoFeature =
            ours("storage").should(seeOnlyOurs("storage", "kernel", "access", "host"));

    @ArchTest
    static final ArchRule auditSeesNoFeature =
            ours("audit").should(seeOnlyOurs("audit", "kernel", "access", "storage"));

    @ArchTest
    static final ArchRule webSeesNoFeatureButTokens =
            ours("web").should(seeOnlyOurs("web", "kernel", "access", "config", "token"));

    @ArchTest
    static void featuresSeeOnlyTheListedFeatures(JavaClasses classes) {
        FEATURES.forEach((feature, seen) -> {
            String[] allowed = Stream.concat(Stream.of(feature, "kernel", "access", "audit", "storage"), seen.stream())
                    .toArray(String[]::new);
            ours(feature).should(seeOnlyOurs(allowed)).allowEmptyShould(true).check(classes);
        });
    }

    @ArchTest
    static void noEdgeSeesAnotherEdgeOrAStore(JavaClasses classes) {
        for (String edge : EDGES) {
            String[] others = EDGES.stream()
                    .filter(other -> !other.equals(edge))
                    .map(other -> ROOT + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + edge + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .orShould()
                    .dependOnClassesThat()
                    .haveSimpleNameEndingWith("Store")
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @ArchTest
    static void onlyLaunchSeesEdgesAndDrivers(JavaClasses classes) {
        for (String hidden : Stream.concat(EDGES.stream(), DRIVERS.stream()).toList()) {
            noClasses()
                    .that(not(resideInAPackage(ROOT + hidden + "..")).and(not(resideInAPackage(ROOT + "launch.."))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + hidden + "..")
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule gatewaySeesLittle = ours("gateway")
            .should(seeOnlyOurs(
                    "gateway", "kernel", "access", "token", "identity", "deployment", "certificate", "config"));

    @ArchTest
    static final ArchRule certificateSeesOnlyStorage =
            ours("certificate").should(seeOnlyOurs("certificate", "kernel", "storage"));

    @ArchTest
    static final ArchRule certificatesAreMadeInOneRoom = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "certificate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle.cert..", "org.bouncycastle.openssl..", "org.bouncycastle.asn1..");

    @ArchTest
    static final ArchRule runtimeSeesDeployments = ours("runtime")
            .should(seeOnlyOurs("runtime", "kernel", "access", "deployment", "deploy", "alert", "storage", "host"));

    @ArchTest
    static final ArchRule nettyStaysInTheGateway = librariesStayIn("gateway", "io.netty..");

    @ArchTest
    static final ArchRule restStaysInTheEdges = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT + "web..", ROOT + "api..", ROOT + "ui..", ROOT + "registry..", ROOT + "upload..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "io.quarkus.qute..");

    @ArchTest
    static final ArchRule sqlStaysInStorageAndStores = noClasses()
            .that(not(resideInAPackage(ROOT + "storage..")).and(not(aStore())))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer..");

    @ArchTest
    static final ArchRule cdiStaysInLaunchAndEdges = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT + "launch..",
                    ROOT + "web..",
                    ROOT + "api..",
                    ROOT + "ui..",
                    ROOT + "upload..",
                    ROOT + "registry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.inject..", "jakarta.enterprise..", "io.quarkus..");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Base|Common|Dto|Data|Info)");

    @ArchTest
    static final ArchRule noFieldInjection = noFields().should().beAnnotatedWith("jakarta.inject.Inject");

    @ArchTest
    static final ArchRule staticsAreConstants =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule timeComesFromAClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Date.class);

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class);

    @ArchTest
    static final ArchRule secretsPrintAsStars = classes()
            .that()
            .areAssignableTo(SecretText.class)
            .or()
            .areAssignableTo(TokenValue.class)
            .should(declareToString());

    /// Item 9: what is secret is compared in constant time.
    @ArchTest
    static final ArchRule secretsAreComparedInConstantTime =
            noClasses().should().callMethod(Arrays.class, "equals", byte[].class, byte[].class);

    /// Item 1: nothing guessable where values are made that must not be guessed; request ids of the edges are labels.
    @ArchTest
    static final ArchRule noGuessableRandomness = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + "kernel..", ROOT + "token..", ROOT + "storage..", ROOT + "deployment..", ROOT + "identity..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, UUID.class, ThreadLocalRandom.class);

    private static GivenClassesConjunction ours(String room) {
        return classes().that().resideInAPackage(ROOT + room + "..");
    }

    private static ArchRule librariesStayIn(String room, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static DescribedPredicate<JavaClass> aStore() {
        return DescribedPredicate.describe(
                "a *Store", c -> outermost(c).getSimpleName().endsWith("Store"));
    }

    private static JavaClass outermost(JavaClass c) {
        return c.getEnclosingClass().map(ArchitectureTest::outermost).orElse(c);
    }

    private static ArchCondition<JavaClass> seeOnlyOurs(String... rooms) {
        Set<String> allowed = Stream.of(rooms).map(room -> ROOT + room).collect(Collectors.toUnmodifiableSet());
        return new ArchCondition<>("see of our own rooms only " + List.of(rooms)) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                item.getDirectDependenciesFromSelf().stream()
                        .filter(d -> d.getTargetClass().getPackageName().startsWith("io.headgate"))
                        .filter(d -> allowed.stream().noneMatch(room -> inside(d.getTargetClass(), room)))
                        .forEach(d -> events.add(SimpleConditionEvent.violated(item, d.getDescription())));
            }
        };
    }

    private static boolean inside(JavaClass c, String room) {
        return c.getPackageName().equals(room) || c.getPackageName().startsWith(room + ".");
    }

    private static ArchCondition<JavaClass> declareToString() {
        return new ArchCondition<>("declare toString") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean declared = item.tryGetMethod("toString").isPresent();
                if (!declared) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " would print its secret"));
                }
            }
        };
    }
}
