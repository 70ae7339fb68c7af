package io.headgate.ui.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The pages as they are in the repository.
final class DocsFolder {
    private static final Path DOCS = Path.of("docs");

    private DocsFolder() {}

    static String read(String file) {
        try {
            return Files.readString(DOCS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Names of all pages, below `docs`.
    static List<String> pages() {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return files.map(file -> DOCS.relativize(file).toString())
                    .filter(file -> file.endsWith(DocsLinks.PAGE_ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean exists(String file) {
        return Files.exists(DOCS.resolve(file));
    }

    static DocsLibrary library() {
        return library(DocsFolder::read);
    }

    static DocsLibrary library(UnaryOperator<String> files) {
        return new DocsLibrary(DocsContents.GROUPS, files);
    }
}
