package io.headgate.organization;

import io.headgate.access.Caller;
import io.headgate.access.Grant;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Scope;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What can be done with Organizations: look at them.
public final class Organizations {
    private final Transactions transactions;
    private final OrganizationStore store = new OrganizationStore();

    public Organizations(Transactions transactions) {
        this.transactions = transactions;
    }

    /// The Organizations in which the caller holds anything at all; normally exactly one.
    public Page<Organization> list(Caller caller, PageRequest request) {
        Set<OrganizationId> held = caller.principal().grants().stream()
                .map(Grant::scope)
                .map(Scope::organizationId)
                .collect(Collectors.toUnmodifiableSet());
        return transactions.inTransaction(tx -> store.list(tx, held, request));
    }

    public Organization view(Caller caller, OrganizationId id) {
        caller.require(OrganizationPermission.GET, new Scope.OfOrganization(id), notFound());
        return transactions
                .inTransaction(tx -> store.find(tx, id))
                .orElseThrow(() -> notFound().asException());
    }

    /// The Organization of this installation, once there is one.
    public Optional<Organization> only(Transaction transaction) {
        return store.first(transaction);
    }

    // no policy check here: only the first start calls it, before anybody could hold a right
    public void found(Transaction transaction, Organization organization) {
        store.insert(transaction, organization);
    }

    public static Set<String> sortFields() {
        return OrganizationStore.SORTS.fields();
    }

    public static Problem notFound() {
        return Problem.notFound("Organization");
    }
}
