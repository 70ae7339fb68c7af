package io.headgate.deploy;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.Problem;
import io.headgate.storage.KeyFile;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// Takes the archives of deploys from whoever holds a signed URL; the URL is the only credential, and works for one
/// deploy until it is finalized.
public final class Uploads {
    /// Bytes of one block.
    public static final long BLOCK_BYTES_MAX = 100L << 20;

    public static final int BLOCKS_MAX = 50_000;

    /// The archive that is kept, the blocks of another one, and what they are joined to.
    private static final long SHARES = 3;

    /// A 100 ns step, the last of the seven digits.
    private static final long STEP_NANOS = 100;

    private final Transactions transactions;
    private final Clock clock;
    private final Deployments deployments;
    private final UploadSignature signature;
    private final UploadFolder folder;
    private final URI controlPlane;
    private final DeployLimits limits;
    private final DeployStore store = new DeployStore();

    /// What it needs from elsewhere.
    ///
    /// @param folder where archives are kept until they are unpacked
    /// @param controlPlane its public URL
    public record Needs(
            Transactions transactions,
            Clock clock,
            Deployments deployments,
            KeyFile keys,
            Path folder,
            URI controlPlane,
            DeployLimits limits) {}

    /// What a URL claims.
    ///
    /// @param until epoch second
    public record Ticket(DeployId deploy, long until, String signature) {}

    /// A complete archive.
    public record Stored(BundleVersion version, String sha256) {}

    public Uploads(Needs needs) {
        this.transactions = needs.transactions;
        this.clock = needs.clock;
        this.deployments = needs.deployments;
        this.signature = new UploadSignature(needs.keys);
        this.folder = new UploadFolder(needs.folder, SHARES * needs.limits.archiveBytes());
        this.controlPlane = needs.controlPlane;
        this.limits = needs.limits;
    }

    /// Where to upload to, valid from now for some hours.
    public URI urlFor(DeployId id) {
        Instant until = clock.instant().plus(limits.uploadUrl());
        return URI.create(controlPlane + "/uploads/" + id + "?exp=" + until.getEpochSecond() + "&sig="
                + signature.sign(id, until));
    }

    /// Takes a whole archive; an earlier one of the same deploy is replaced.
    public Stored putWhole(Ticket ticket, OptionalLong declared, InputStream body) {
        admit(ticket);
        refuseDeclared(declared, limits.archiveBytes());
        try (UploadFolder.Received received = folder.receive(ticket.deploy, body, limits.archiveBytes())) {
            return complete(ticket.deploy, received);
        }
    }

    /// Takes one block; nothing comes of it until a list names it.
    public void putBlock(Ticket ticket, String blockId, OptionalLong declared, InputStream body) {
        admit(ticket);
        UploadFolder.Blocks before = folder.blocks(ticket.deploy);
        if (before.count() >= BLOCKS_MAX) {
            throw UploadProblems.query("too many blocks: allowed " + BLOCKS_MAX).asException();
        }
        // an unfinished upload may take twice its size: once as blocks, once joined
        long left = Math.min(BLOCK_BYTES_MAX, limits.archiveBytes() - before.bytes());
        refuseDeclared(declared, left);
        try (UploadFolder.Received received = folder.receive(ticket.deploy, body, left)) {
            received.moveTo(folder.block(ticket.deploy, blockId));
        }
    }

    /// Joins blocks in the order of the list to the archive.
    public Stored putBlockList(Ticket ticket, InputStream body) {
        admit(ticket);
        List<String> blockIds = BlockList.read(body, BLOCKS_MAX);
        try (UploadFolder.Received received = folder.join(ticket.deploy, blockIds, limits.archiveBytes())) {
            return complete(ticket.deploy, received);
        }
    }

    /// Where a finalized deploy's archive lies.
    Path archive(Deploy deploy) {
        return folder.archive(deploy.id(), deploy.finalVersion());
    }

    UploadFolder folder() {
        return folder;
    }

    private void admit(Ticket ticket) {
        if (!signature.matches(ticket.deploy, ticket.until, ticket.signature)) {
            throw UploadProblems.notSigned().asException();
        }
        if (clock.instant().getEpochSecond() >= ticket.until) {
            throw UploadProblems.expired().asException();
        }
        transactions.useTransaction(tx -> open(tx, ticket.deploy));
    }

    /// The row of a deploy that takes an upload now, locked until the transaction ends.
    private Deploy open(Transaction tx, DeployId id) {
        Deploy known =
                store.find(tx, id).orElseThrow(() -> UploadProblems.noDeploy().asException());
        // versions of one Deployment are told apart by its lock, which comes before that of the deploy everywhere
        Deployment deployment = deployments
                .findForUpdate(tx, known.organizationId(), known.deploymentId())
                .orElseThrow(() -> UploadProblems.noDeploy().asException());
        Deploy deploy = store.findForUpdate(tx, id).orElseThrow();
        if (deploy.state() != DeployState.CREATED) {
            throw UploadProblems.closed().asException();
        }
        if (!deployment.settings().dagDeployEnabled()) {
            throw DeployProblems.dagDeployDisabled(deployment).asException();
        }
        return deploy;
    }

    private Stored complete(DeployId id, UploadFolder.Received received) {
        Stored stored = transactions.inTransaction(tx -> {
            Deploy deploy = open(tx, id);
            BundleVersion version = freshVersion(tx, deploy);
            received.moveTo(folder.archive(id, version));
            store.uploaded(tx, id, version, received.bytes(), received.sha256());
            return new Stored(version, received.sha256());
        });
        FailPoint.UPLOAD_AFTER_COMMIT.pass();
        transactions.useTransaction(tx -> store.findForUpdate(tx, id)
                .filter(deploy -> deploy.state().needsUpload())
                .flatMap(Deploy::version)
                .ifPresent(last -> folder.keepOnly(id, last)));
        return stored;
    }

    private BundleVersion freshVersion(Transaction tx, Deploy deploy) {
        Instant end = clock.instant();
        BundleVersion version = BundleVersion.uploadedAt(end);
        while (store.versionTaken(tx, deploy.deploymentId(), version)) {
            end = end.plusNanos(STEP_NANOS);
            version = BundleVersion.uploadedAt(end);
        }
        return version;
    }

    private static void refuseDeclared(OptionalLong declared, long most) {
        if (declared.isPresent() && declared.getAsLong() > most) {
            Problem tooLarge = UploadProblems.tooLarge(Long.toString(declared.getAsLong()), most);
            throw tooLarge.asException();
        }
    }
}
