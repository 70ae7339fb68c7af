/// Pages of a Deployment's environment variables: the list, and the editor of the whole list (UI30–UI32).
/// What a variable may be is decided by {@code deployment.variable}.
@NullMarked
package io.headgate.ui.variable;

import org.jspecify.annotations.NullMarked;
