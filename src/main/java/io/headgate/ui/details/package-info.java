/// Pages of how a Deployment is made: its settings, their form, and all of it as a file (UI19, UI38, UI41).
@NullMarked
package io.headgate.ui.details;

import org.jspecify.annotations.NullMarked;
