package io.headgate.api.http;

import io.headgate.kernel.Problem;
import io.headgate.web.BoundedBytes;
import io.headgate.web.Given;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;

/// Takes the bytes of a document off the wire: bounded, and only if they are declared as YAML or JSON.
@Provider
@Consumes(MediaType.WILDCARD)
@Singleton
final class DocumentBodyReader implements MessageBodyReader<DocumentBody> {

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == DocumentBody.class;
    }

    @Override
    public DocumentBody readFrom(
            Class<DocumentBody> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream) {
        byte[] bytes = BoundedBytes.ofBody(RequestBody.BYTES_MAX, headers, stream);
        boolean yaml = isYaml(mediaType);
        if (bytes.length > 0 && !yaml && !RequestBodyReader.isJson(mediaType)) {
            RequestBodyReader.refuseTokenInForm(mediaType, bytes);
            throw new Problem(
                            415,
                            "request.content-type",
                            "Content-Type must be application/yaml or application/json, given "
                                    + Given.of(mediaType.toString()),
                            List.of())
                    .asException();
        }
        return new DocumentBody(bytes, yaml);
    }

    /// The registered name, and those that were used before there was one.
    private static boolean isYaml(MediaType type) {
        String name = (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
        String charset = type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
        return List.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")
                        .contains(name)
                && charset.equalsIgnoreCase("utf-8");
    }
}
