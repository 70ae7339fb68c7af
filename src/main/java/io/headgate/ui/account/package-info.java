/// What a person sees of their own account: where they are signed in.
@NullMarked
package io.headgate.ui.account;

import org.jspecify.annotations.NullMarked;
