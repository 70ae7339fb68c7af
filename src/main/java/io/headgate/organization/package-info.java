/// The Organization and its Workspaces.
/// Does not know Deployments; they know their Workspace.
@NullMarked
package io.headgate.organization;

import org.jspecify.annotations.NullMarked;
