package io.headgate.runtime.process;

import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Names one data folder of Headgate, so that two on one host never take each other's processes for their own.
record Instance(String name) {
    private static final int BYTES = 8;

    /// The name of that data folder, made on first use.
    static Instance of(Path data, SecureRandom random) {
        Path file = data.resolve("instance");
        try {
            if (!Files.isRegularFile(file)) {
                byte[] name = new byte[BYTES];
                random.nextBytes(name);
                PrivateFiles.write(file, HexFormat.of().formatHex(name));
            }
            return new Instance(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
