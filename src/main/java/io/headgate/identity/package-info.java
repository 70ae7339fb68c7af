/// Users and how they prove who they are: passwords, sessions, the first sign-in; later invites and Teams.
/// Does not decide rights (see {@code access}).
@NullMarked
package io.headgate.identity;

import org.jspecify.annotations.NullMarked;
