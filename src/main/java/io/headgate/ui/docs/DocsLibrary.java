package io.headgate.ui.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All pages of the documentation, read once.
final class DocsLibrary {
    private final Map<String, DocsPage> pages = new LinkedHashMap<>();
    private final List<Shelf> shelves;

    /// @param files text of a file below `docs`, by its name
    DocsLibrary(List<DocsContents.Group> contents, UnaryOperator<String> files) {
        PageReader reader = new PageReader(served(contents));
        this.shelves =
                contents.stream().map(group -> shelf(group, reader, files)).toList();
    }

    /// @param about a sentence for the index
    record Volume(DocsPage page, String about) {}

    /// A group of the index.
    record Shelf(String title, List<Volume> volumes) {}

    /// The page that one comes to by going one way through all of them.
    record Neighbour(String direction, DocsPage page) {}

    List<Shelf> shelves() {
        return shelves;
    }

    List<DocsPage> pages() {
        return List.copyOf(pages.values());
    }

    Optional<DocsPage> page(String path) {
        return Optional.ofNullable(pages.get(path));
    }

    List<Neighbour> neighbours(DocsPage page) {
        List<DocsPage> all = pages();
        int at = all.indexOf(page);
        List<Neighbour> neighbours = new ArrayList<>();
        if (at > 0) {
            neighbours.add(new Neighbour("Previous", all.get(at - 1)));
        }
        if (at + 1 < all.size()) {
            neighbours.add(new Neighbour("Next", all.get(at + 1)));
        }
        return List.copyOf(neighbours);
    }

    private static Set<String> served(List<DocsContents.Group> contents) {
        return Stream.concat(
                        DocsContents.FILES.stream(),
                        contents.stream()
                                .flatMap(group -> group.entries().stream())
                                .map(DocsLibrary::file))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Shelf shelf(DocsContents.Group group, PageReader reader, UnaryOperator<String> files) {
        List<Volume> volumes = new ArrayList<>();
        for (DocsContents.Entry entry : group.entries()) {
            String file = file(entry);
            DocsPage page = reader.read(file, files.apply(file));
            pages.put(page.path(), page);
            volumes.add(new Volume(page, entry.about()));
        }
        return new Shelf(group.title(), List.copyOf(volumes));
    }

    private static String file(DocsContents.Entry entry) {
        return entry.page() + DocsLinks.PAGE_ENDING;
    }
}
