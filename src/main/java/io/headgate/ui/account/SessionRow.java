package io.headgate.ui.account;

import io.headgate.ui.frame.Moment;

/// A browser in which the person is signed in.
record SessionRow(
        String id,
        String browser,
        String userAgent,
        String address,
        Moment started,
        Moment seen,
        Moment ends,
        boolean here) {}
