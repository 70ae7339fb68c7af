package io.headgate.identity;

import io.headgate.kernel.SecretText;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The one-time link by which the owner of a new installation chooses e-mail and password.
///
/// It lives in memory only, for a day or until it was used: each start of a server whose owner has no password makes a
/// new one, and whoever sees the terminal of that start is the owner.
public final class FirstSignIn {
    /// How long a link works.
    public static final Duration LIFETIME = Duration.ofHours(24);

    private static final int CODE_BYTES = 24;

    private final Passwords passwords;
    private final Clock clock;
    private final SecureRandom random;
    private final AtomicReference<Optional<Link>> link = new AtomicReference<>(Optional.empty());

    public FirstSignIn(Passwords passwords, Clock clock, SecureRandom random) {
        this.passwords = passwords;
        this.clock = clock;
        this.random = random;
    }

    /// A link that works.
    public record Link(SecretText code, User owner, Instant until) {}

    /// Makes a link if the owner has no password; an earlier one stops working.
    public Optional<Link> open() {
        Optional<Link> made = passwords.withoutOne().map(owner -> {
            byte[] code = new byte[CODE_BYTES];
            random.nextBytes(code);
            return new Link(
                    new SecretText(Base64.getUrlEncoder().withoutPadding().encodeToString(code)),
                    owner,
                    clock.instant().plus(LIFETIME));
        });
        link.set(made);
        return made;
    }

    /// The link with this code, if it still works.
    public Optional<Link> find(SecretText code) {
        return link.get()
                .filter(open -> open.code().matches(code) && clock.instant().isBefore(open.until()));
    }

    /// Chooses e-mail and password, and signs in; empty if the link does not work any more. Fails as {@link
    /// Passwords#first}.
    public Optional<SignIn.Done> claim(SecretText code, Attempt chosen) {
        Optional<SignIn.Done> done = find(code).flatMap(open -> passwords.first(open.owner(), chosen));
        done.ifPresent(_ -> link.set(Optional.empty()));
        return done;
    }
}
