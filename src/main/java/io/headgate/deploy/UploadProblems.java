package io.headgate.deploy;

import io.headgate.kernel.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// What can be wrong with an upload, in words for whoever reads a pipeline's log; the codes are the upload dialect's.
final class UploadProblems {
    /// Not retried by the stock client, which is right: a disk does not empty itself within seconds.
    private static final int INSUFFICIENT_STORAGE = 507;

    private UploadProblems() {}

    static Problem notSigned() {
        return new Problem(
                403,
                "AuthenticationFailed",
                "upload URL refused: its signature does not match; take the URL as the answer to CreateDeploy gave it",
                List.of());
    }

    static Problem expired() {
        return new Problem(
                403, "AuthenticationFailed", "upload URL expired: create another deploy to get a new one", List.of());
    }

    static Problem noDeploy() {
        return new Problem(404, "ResourceNotFound", "upload refused: its deploy does not exist any more", List.of());
    }

    static Problem closed() {
        return new Problem(
                409,
                "BlobImmutable",
                "upload refused: its deploy is finalized or has failed; create another deploy",
                List.of());
    }

    static Problem tooLarge(String given, long allowed) {
        return new Problem(
                413,
                "RequestBodyTooLarge",
                "upload too large: given " + given + " bytes, allowed " + allowed,
                List.of());
    }

    static Problem tooMuch(long allowed) {
        return new Problem(
                413,
                "RequestBodyTooLarge",
                "upload too large: what is uploaded for this deploy at once, replaced archives and blocks included, may"
                        + " take " + allowed + " bytes",
                List.of());
    }

    static Problem unknownBlock() {
        return Problem.badRequest("InvalidBlockList", "block list refused: it names a block that was never uploaded");
    }

    static Problem blockList(String because) {
        return Problem.badRequest("InvalidBlockList", "block list refused: " + because);
    }

    static Problem query(String because) {
        return Problem.badRequest("InvalidQueryParameterValue", "upload refused: " + because);
    }

    /// A file of ours could not be written.
    static RuntimeException writing(IOException e) {
        String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = words.contains("no space left") || words.contains("quota exceeded");
        return (full
                        ? new Problem(
                                INSUFFICIENT_STORAGE,
                                "InsufficientStorage",
                                "upload not stored: the disk of the control plane is full; nothing was changed",
                                List.of())
                        : Problem.unavailable(
                                "ServerBusy", "upload not stored: the disk of the control plane cannot be written"))
                .asException();
    }
}
