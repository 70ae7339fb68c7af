/// The operations on workspaces, over HTTP.
@NullMarked
package io.headgate.api.v1.workspace;

import org.jspecify.annotations.NullMarked;
