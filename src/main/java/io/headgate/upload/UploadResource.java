package io.headgate.upload;

import io.headgate.access.PublicEndpoint;
import io.headgate.deploy.Uploads;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.Id;
import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Takes archives the way cloud blob stores do, so that their clients and `curl -T` both work (D13): the whole body at
/// once, or blocks and then a list of them.
///
/// 201 always. The version of a complete archive is in `x-ms-version-id`; a failure is told as XML with a code.
@Path("/uploads/{deployId}")
@PublicEndpoint("the URL is signed, works for one deploy and for hours")
@Consumes(MediaType.WILDCARD)
@Singleton
@RunOnVirtualThread
final class UploadResource {
    private final Uploads uploads;

    UploadResource(Uploads uploads) {
        this.uploads = uploads;
    }

    @PUT
    public Response put(
            @PathParam("deployId") String deployId,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            InputStream body) {
        try {
            return answer(deployId, uri.getQueryParameters(), length(headers), body);
        } catch (ProblemException e) {
            return refused(e.problem());
        }
    }

    private Response answer(
            String deployId, MultivaluedMap<String, String> query, OptionalLong length, InputStream body) {
        Uploads.Ticket ticket = ticket(deployId, query);
        String part = one(query, "comp").orElse("");
        return switch (part) {
            case "" -> stored(uploads.putWhole(ticket, length, body));
            case "block" -> {
                String blockId = one(query, "blockid").orElseThrow(() -> wrong("comp=block needs blockid"));
                if (blockId.length() > 256) {
                    throw wrong("blockid must have at most 256 characters, given " + blockId.length());
                }
                uploads.putBlock(ticket, blockId, length, body);
                yield Response.status(Response.Status.CREATED).build();
            }
            case "blocklist" -> stored(uploads.putBlockList(ticket, body));
            default -> throw wrong("comp must be block or blocklist, or absent");
        };
    }

    private static Response stored(Uploads.Stored stored) {
        return Response.status(Response.Status.CREATED)
                .header("x-ms-version-id", stored.version().text())
                .header(HttpHeaders.ETAG, "\"" + stored.sha256() + "\"")
                .build();
    }

    private static Uploads.Ticket ticket(String deployId, MultivaluedMap<String, String> query) {
        Optional<String> signature = one(query, "sig");
        OptionalLong until = one(query, "exp").map(UploadResource::number).orElse(OptionalLong.empty());
        if (!Id.isWellFormed(deployId) || signature.isEmpty() || until.isEmpty()) {
            throw new Problem(
                            403,
                            "AuthenticationFailed",
                            "upload URL refused: its signature is missing; take the URL with its query, in quotes, as"
                                    + " the answer to CreateDeploy gave it",
                            List.of())
                    .asException();
        }
        return new Uploads.Ticket(new DeployId(deployId), until.getAsLong(), signature.get());
    }

    private static Optional<String> one(MultivaluedMap<String, String> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw wrong(name + " must appear once");
        }
        return values.stream().findFirst();
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong length(HttpHeaders headers) {
        String declared = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return declared == null ? OptionalLong.empty() : number(declared);
    }

    private static ProblemException wrong(String because) {
        return Problem.badRequest("InvalidQueryParameterValue", "upload refused: " + because)
                .asException();
    }

    /// The words stand in the body, which the stock client prints as it is.
    private static Response refused(Problem problem) {
        return Response.status(problem.status())
                .type(MediaType.APPLICATION_XML)
                .header("x-ms-error-code", problem.code())
                .entity("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Error><Code>" + escaped(problem.code())
                        + "</Code><Message>" + escaped(problem.message()) + "</Message></Error>\n")
                .build();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
