package io.headgate.ui.docs;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A page, ready to be served.
///
/// @param path below `/docs`
/// @param sections what its table of contents lists
/// @param anchors what a link to it may have after `#`
record DocsPage(String path, String title, String html, List<Section> sections, Set<String> anchors, List<Link> links) {
    DocsPage {
        sections = List.copyOf(sections);
        anchors = Set.copyOf(anchors);
        links = List.copyOf(links);
    }

    /// Public for the templates.
    public String url() {
        return DocsLinks.ROOT + path;
    }

    /// A heading of the second level.
    record Section(String anchor, String title) {}

    /// @param written the destination as it stands in the file
    /// @param served where it leads in the product; nowhere if that is not served
    record Link(String written, Optional<String> served) {}
}
