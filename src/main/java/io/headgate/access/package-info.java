/// Who may do what: principals, grants, scopes, permissions and the one pure {@link io.headgate.access.Policy}.
/// Owns no storage and no HTTP; it answers, it never acts.
@NullMarked
package io.headgate.access;

import org.jspecify.annotations.NullMarked;
