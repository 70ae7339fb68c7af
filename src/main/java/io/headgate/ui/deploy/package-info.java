/// The tab *Deploy History* of a Deployment: list, one deploy, rolling back (UI34–UI36).
@NullMarked
package io.headgate.ui.deploy;

import org.jspecify.annotations.NullMarked;
