package io.headgate.identity;

import io.headgate.access.Role;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.SecretText;
import io.headgate.storage.Transaction;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/// The accounts of people; so far, that of the owner of a new installation.
public final class Users {
    private final IdMinter ids;
    private final Clock clock;
    private final SecureRandom random;
    private final UserStore store = new UserStore();

    public Users(IdMinter ids, Clock clock, SecureRandom random) {
        this.ids = ids;
        this.clock = clock;
        this.random = random;
    }

    /// The account that the first start made.
    public Optional<User> owner(Transaction transaction) {
        return store.firstOwner(transaction).map(UserStore.Account::user);
    }

    /// The person that the first start makes an account for; not stored yet.
    public User newOwner(OrganizationId organizationId, String email) {
        return new User(ids.user(), organizationId, email.toLowerCase(Locale.ROOT), "Owner", Role.ORGANIZATION_OWNER);
    }

    // no policy check here: only the first start calls it, before anybody could hold a right
    public void add(Transaction transaction, User user, Optional<SecretText> password) {
        store.insert(transaction, user, password.map(text -> PasswordHash.of(text, random)), clock.instant());
    }
}
