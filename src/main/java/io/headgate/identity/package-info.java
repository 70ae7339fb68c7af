/// Users and how they prove who they are; today the owner account, later sessions, sign-in, invites and Teams.
/// Does not decide rights (see {@code access}).
@NullMarked
package io.headgate.identity;

import org.jspecify.annotations.NullMarked;
