package io.headgate.storage;

import io.headgate.kernel.SecretText;

/// Where a PostgreSQL database is and how to log in to it.
public record DatabaseAddress(String host, int port, String database, String user, SecretText password) {

    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /// The same server and user, another database.
    public DatabaseAddress inDatabase(String name) {
        return new DatabaseAddress(host, port, name, user, password);
    }

    /// Reads `jdbc:postgresql://HOST[:PORT]/DATABASE`; throws {@link StorageException} naming the form when it is not
    /// that.
    public static DatabaseAddress parse(String jdbcUrl, String user, SecretText password) {
        String prefix = "jdbc:postgresql://";
        int slash = jdbcUrl.indexOf('/', prefix.length());
        if (!jdbcUrl.startsWith(prefix) || slash < 0 || slash == jdbcUrl.length() - 1 || jdbcUrl.contains("?")) {
            throw new StorageException(
                    "setting database.url must have the form jdbc:postgresql://HOST[:PORT]/DATABASE");
        }
        String authority = jdbcUrl.substring(prefix.length(), slash);
        int colon = authority.lastIndexOf(':');
        boolean named = colon > authority.lastIndexOf(']');
        String host = named ? authority.substring(0, colon) : authority;
        int port = named ? Integer.parseInt(authority.substring(colon + 1)) : 5432;
        return new DatabaseAddress(host, port, jdbcUrl.substring(slash + 1), user, password);
    }
}
