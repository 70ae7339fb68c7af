package io.headgate.ui.frame;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// A time as people read it: how long ago, or in how many days; the exact one in UTC is with it.
///
/// @param machine RFC 3339, for the attribute `datetime`
/// @param exact the time to the second, with its zone
/// @param date the day alone
/// @param relative for example `4 min ago`, `yesterday`, `in 6 days`
public record Moment(String machine, String exact, String date, String relative) {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int DAYS_COUNTED = 31;
    private static final double MINUTES_A_DAY = 24 * 60;

    public static Moment of(Instant at, Instant now) {
        return new Moment(
                at.truncatedTo(ChronoUnit.SECONDS).toString(), EXACT.format(at), DATE.format(at), relative(at, now));
    }

    private static String relative(Instant at, Instant now) {
        return at.isAfter(now) ? ahead(Duration.between(now, at)) : ago(at, now);
    }

    private static String ago(Instant at, Instant now) {
        Duration since = Duration.between(at, now);
        if (since.toSeconds() < 60) {
            return "just now";
        }
        if (since.toMinutes() < 60) {
            return since.toMinutes() + " min ago";
        }
        if (since.toHours() < 24) {
            return since.toHours() + " h ago";
        }
        long days = ChronoUnit.DAYS.between(day(at), day(now));
        if (days <= 1) {
            return "yesterday";
        }
        return days <= DAYS_COUNTED ? days + " days ago" : DATE.format(at);
    }

    private static String ahead(Duration until) {
        long days = Math.round(until.toMinutes() / MINUTES_A_DAY);
        if (days >= 2) {
            return "in " + days + " days";
        }
        long hours = until.toHours();
        return hours >= 1 ? "in " + hours + (hours == 1 ? " hour" : " hours") : "in under an hour";
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
