package io.headgate.deploy;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads the list that says of which blocks, in which order, an archive consists.
final class BlockList {
    private static final Set<String> ENTRIES = Set.of("Latest", "Uncommitted", "Committed");
    private static final int ID_MAX = 256;
    private static final int BYTES_MAX = 16 << 20;

    private BlockList() {}

    static List<String> read(InputStream body, int most) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        MeteredStream bounded = new MeteredStream(body, bytes -> {
            if (bytes > BYTES_MAX) {
                throw new MeteredStream.Stopped("too long");
            }
        });
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(bounded);
            List<String> ids = new ArrayList<>();
            boolean root = false;
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                if (!root) {
                    require(xml.getLocalName().equals("BlockList"), "its root must be BlockList");
                    root = true;
                    continue;
                }
                require(ENTRIES.contains(xml.getLocalName()), "it may hold Latest, Uncommitted and Committed only");
                String id = xml.getElementText().strip();
                require(!id.isEmpty() && id.length() <= ID_MAX, "a block id must have 1–" + ID_MAX + " characters");
                require(ids.size() < most, "too many blocks: given more than " + most + ", allowed " + most);
                ids.add(id);
            }
            return ids;
        } catch (XMLStreamException e) {
            throw UploadProblems.blockList("it is not well-formed XML").asException();
        }
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw UploadProblems.blockList(otherwise).asException();
        }
    }
}
