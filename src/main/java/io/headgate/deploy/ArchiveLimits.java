package io.headgate.deploy;

/// What an archive may hold, so that nobody's push fills the disk or keeps the machine busy.
///
/// @param entries files, folders and links
/// @param fileBytes of one file
/// @param unpackedBytes of the whole tar, headers included
/// @param ratio of unpacked to packed bytes, looked at only beyond `ratioFromBytes`: small texts compress well
/// @param headerBytes of all that describes one entry
/// @param pathBytes in UTF-8
/// @param depth folders above each other, the name included
/// @param nameBytes of one segment of a path, in UTF-8
/// @param requirementsBytes of `requirements.txt`
record ArchiveLimits(
        int entries,
        long fileBytes,
        long unpackedBytes,
        int ratio,
        long ratioFromBytes,
        long headerBytes,
        int pathBytes,
        int depth,
        int nameBytes,
        int requirementsBytes) {

    static ArchiveLimits standard() {
        return new ArchiveLimits(20_000, 512L << 20, 4L << 30, 200, 64L << 20, 64L << 10, 1000, 60, 255, 64 << 10);
    }
}
