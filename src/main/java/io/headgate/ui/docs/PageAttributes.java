package io.headgate.ui.docs;

import java.util.Map;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;

/// What the renderer does not say by itself: anchors, code that can be reached and scrolled with the keyboard,
/// alignment
/// as a class, because the policy of our pages lets nothing style itself.
record PageAttributes(PageOutline outline) implements AttributeProvider {
    @Override
    public void setAttributes(Node node, String tagName, Map<String, String> attributes) {
        switch (node) {
            case Heading heading -> attributes.put("id", outline.anchor(heading));
            case TableCell cell -> ofCell(cell, attributes);
            case FencedCodeBlock _, IndentedCodeBlock _ -> {
                if (tagName.equals("pre")) {
                    attributes.put("tabindex", "0");
                }
            }
            default -> {}
        }
    }

    private static void ofCell(TableCell cell, Map<String, String> attributes) {
        String align = attributes.remove("align");
        if (align != null) {
            attributes.put("class", "align-" + align);
        }
        if (cell.isHeader()) {
            attributes.put("scope", "col");
        }
    }
}
