package io.headgate.ui.docs;

import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/// Lets long names in a sentence or a table break where their parts meet: otherwise they push the column that explains
/// them out of sight. What is copied has no break in it.
record BreakableCode(HtmlNodeRendererContext context) implements NodeRenderer {
    private static final Pattern JOINT = Pattern.compile("(?<=\\w[_./])(?=[\\w{])");

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(Code.class);
    }

    @Override
    public void render(Node node) {
        HtmlWriter html = context.getWriter();
        String[] parts = JOINT.split(((Code) node).getLiteral(), -1);
        html.tag("code");
        html.text(parts[0]);
        for (int part = 1; part < parts.length; part++) {
            html.raw("<wbr>");
            html.text(parts[part]);
        }
        html.tag("/code");
    }
}
