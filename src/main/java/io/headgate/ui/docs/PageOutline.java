package io.headgate.ui.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/// The headings of a page with the anchors that they get: the same for the table of contents as for the text.
final class PageOutline {
    private static final int TITLE = 1;
    private static final int SECTION = 2;

    private final IdGenerator generator = IdGenerator.builder().build();
    private final Map<Heading, DocsPage.Section> headings = new LinkedHashMap<>();

    private PageOutline() {}

    static PageOutline of(Node document) {
        PageOutline outline = new PageOutline();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                outline.add(heading);
            }
        });
        return outline;
    }

    private void add(Heading heading) {
        String words = words(heading);
        headings.put(heading, new DocsPage.Section(generator.generateId(words), words));
    }

    String title() {
        return sections(TITLE).stream()
                .map(DocsPage.Section::title)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a page without a heading of the first level"));
    }

    List<DocsPage.Section> sections() {
        return sections(SECTION);
    }

    String anchor(Heading heading) {
        return at(heading).anchor();
    }

    Set<String> anchors() {
        return headings.values().stream().map(DocsPage.Section::anchor).collect(Collectors.toUnmodifiableSet());
    }

    /// The words of the nearest heading above; of the title if there is none.
    String above(Node block) {
        for (Node node = block; node != null; node = node.getPrevious()) {
            if (node instanceof Heading heading) {
                return at(heading).title();
            }
        }
        return title();
    }

    private List<DocsPage.Section> sections(int level) {
        return headings.entrySet().stream()
                .filter(heading -> heading.getKey().getLevel() == level)
                .map(Map.Entry::getValue)
                .toList();
    }

    private DocsPage.Section at(Heading heading) {
        DocsPage.Section section = headings.get(heading);
        if (section == null) {
            throw new IllegalArgumentException("a heading of another page");
        }
        return section;
    }

    private static String words(Heading heading) {
        StringBuilder words = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }
        });
        return words.toString();
    }
}
