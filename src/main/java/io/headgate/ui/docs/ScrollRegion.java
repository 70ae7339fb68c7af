package io.headgate.ui.docs;

import java.util.Map;
import java.util.Set;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/// Around a table that may be wider than the page: it scrolls by itself, and somebody without a mouse can reach it.
final class ScrollRegion extends CustomBlock {
    private final String label;

    ScrollRegion(String label) {
        this.label = label;
    }

    static void around(Node block, String label) {
        ScrollRegion region = new ScrollRegion(label);
        block.insertBefore(region);
        region.appendChild(block);
    }

    /// Writes it as a named region that takes the focus.
    record Renderer(HtmlNodeRendererContext context) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(ScrollRegion.class);
        }

        @Override
        public void render(Node node) {
            HtmlWriter html = context.getWriter();
            html.line();
            html.tag("div", attributes((ScrollRegion) node));
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
            html.tag("/div");
            html.line();
        }

        private static Map<String, String> attributes(ScrollRegion region) {
            return Map.of("class", "scroll", "role", "region", "aria-label", region.label, "tabindex", "0");
        }
    }
}
