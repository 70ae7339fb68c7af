/// Who looks at a page: cookie, sign-in and sign-out, and the forms that only they can send.
@NullMarked
package io.headgate.ui.session;

import org.jspecify.annotations.NullMarked;
