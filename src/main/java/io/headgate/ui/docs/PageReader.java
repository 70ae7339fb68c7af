package io.headgate.ui.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// Makes a page of a Markdown file. HTML in the file is shown as text: what we write into docs gets no further than
/// that.
final class PageReader {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
    private final Set<String> served;

    /// @param served files below `docs` that links may lead to
    PageReader(Set<String> served) {
        this.served = Set.copyOf(served);
    }

    DocsPage read(String file, String markdown) {
        Node document = parser.parse(markdown);
        PageOutline outline = PageOutline.of(document);
        List<DocsPage.Link> links = withLinks(document, new DocsLinks(file, served));
        withScrollingTables(document, outline);
        return new DocsPage(
                DocsLinks.withoutEnding(file),
                outline.title(),
                renderer(outline).render(document),
                outline.sections(),
                outline.anchors(),
                links);
    }

    private static HtmlRenderer renderer(PageOutline outline) {
        return HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .escapeHtml(true)
                .attributeProviderFactory(_ -> new PageAttributes(outline))
                .nodeRendererFactory(ScrollRegion.Renderer::new)
                .nodeRendererFactory(BreakableCode::new)
                .build();
    }

    /// Lets them lead to where the product serves things. What it does not serve stays as text.
    private static List<DocsPage.Link> withLinks(Node document, DocsLinks places) {
        List<Link> written = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                written.add(link);
            }
        });
        return written.stream().map(link -> led(link, places)).toList();
    }

    private static DocsPage.Link led(Link link, DocsLinks places) {
        String destination = link.getDestination();
        Optional<String> place = places.resolve(destination);
        place.ifPresentOrElse(link::setDestination, () -> unwrap(link));
        return new DocsPage.Link(destination, place);
    }

    private static void unwrap(Link link) {
        while (link.getFirstChild() != null) {
            link.insertBefore(link.getFirstChild());
        }
        link.unlink();
    }

    private static void withScrollingTables(Node document, PageOutline outline) {
        List<Node> tables = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(CustomBlock block) {
                if (block instanceof TableBlock) {
                    tables.add(block);
                }
                visitChildren(block);
            }
        });
        // no two regions of a page have the same name
        Map<String, Integer> used = new HashMap<>();
        Map<Node, String> names = new HashMap<>();
        for (Node table : tables) {
            String above = outline.above(table);
            int number = used.merge(above, 1, Integer::sum);
            names.put(table, "Table: " + above + (number == 1 ? "" : " (" + number + ")"));
        }
        tables.forEach(table -> ScrollRegion.around(table, names.getOrDefault(table, "Table")));
    }
}
