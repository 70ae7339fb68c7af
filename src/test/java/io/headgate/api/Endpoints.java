package io.headgate.api;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every endpoint there is, found by its annotations: nobody keeps a list by hand.
public final class Endpoints {
    private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target/classes");

    private Endpoints() {}

    /// One operation and the class that answers it.
    public record Endpoint(String method, String template, Class<?> resource) {
        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    /// All of them, in order of path and method.
    public static List<Endpoint> all() {
        try (Stream<java.nio.file.Path> files = Files.walk(CLASSES.resolve("io/headgate"))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(Endpoints::loaded)
                    .filter(candidate -> candidate.isAnnotationPresent(Path.class))
                    .flatMap(Endpoints::of)
                    .sorted(Comparator.comparing(Endpoint::template).thenComparing(Endpoint::method))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> loaded(java.nio.file.Path file) {
        String name = CLASSES.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
        try {
            return Class.forName(name, false, Endpoints.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Endpoint> of(Class<?> resource) {
        String base = resource.getAnnotation(Path.class).value();
        return Stream.of(resource.getDeclaredMethods())
                .flatMap(method -> verb(method).stream()
                        .map(verb -> new Endpoint(verb, joined(base, method.getAnnotation(Path.class)), resource)));
    }

    private static Optional<String> verb(Method method) {
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .flatMap(type -> Optional.ofNullable(type.getAnnotation(HttpMethod.class)).stream())
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String joined(String base, @Nullable Path more) {
        return more == null ? base : (base + "/" + more.value()).replace("//", "/");
    }
}
