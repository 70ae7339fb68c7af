package io.headgate.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Keys of one purpose, outside the database (item 8): a file of `id key` lines, the last line being the one in use.
///
/// Older lines still open what they closed; rotation appends a line. A key is 32 random bytes.
public final class KeyFile {
    private static final int KEY_BYTES = 32;

    private final SequencedMap<String, byte[]> keys;

    private KeyFile(SequencedMap<String, byte[]> keys) {
        this.keys = keys;
    }

    /// Reads the file, or makes it with a first key named `k1`.
    public static KeyFile readOrCreate(Path file, SecureRandom random) {
        if (!Files.isRegularFile(file)) {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            PrivateFiles.write(file, "k1 " + Base64.getEncoder().encodeToString(key) + "\n");
        }
        try {
            SequencedMap<String, byte[]> keys = new LinkedHashMap<>();
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                String[] words = line.strip().split(" ", -1);
                byte[] key = decoded(words);
                if (key.length != KEY_BYTES) {
                    throw new StorageException("the key file " + file + " is damaged; restore it from a backup");
                }
                keys.put(words[0], key);
            }
            if (keys.isEmpty()) {
                throw new StorageException("the key file " + file + " is empty; restore it from a backup");
            }
            return new KeyFile(keys);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key file " + file, e);
        }
    }

    /// The id of the key that closes new things.
    public String currentId() {
        return keys.lastEntry().getKey();
    }

    /// All keys by id, oldest first.
    public Map<String, byte[]> all() {
        return keys;
    }

    private static byte[] decoded(String[] words) {
        try {
            return words.length == 2 ? Base64.getDecoder().decode(words[1]) : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    byte[] key(String id) {
        byte[] key = keys.get(id);
        if (key == null) {
            throw new StorageException("key " + id + " is missing from the key file; restore it from a backup");
        }
        return key;
    }
}
