package io.dmconnect.model.ddl;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a statement leaves to its schema and server.
 *
 * @param charset the schema's default charset, in its current spelling
 * @param collation the schema's default collation
 * @param server the dialect of the server
 */
public record SchemaDefaults(String charset, String collation, ServerTraits server) {

  /** Checks that all is there and brings the names into their current spelling. */
  public SchemaDefaults {
    charset = Charsets.charset(requireNonNull(charset, "charset is null"));
    collation = Charsets.collation(requireNonNull(collation, "collation is null"));
    requireNonNull(server, "server is null");
  }

  /** A schema of the charset with the server's default collation for it. */
  public static SchemaDefaults ofCharset(String charset, ServerTraits server) {
    String name = Charsets.charset(charset);
    return new SchemaDefaults(name, server.defaultCollation(name), server);
  }

  /**
   * The defaults of a schema after {@code CREATE DATABASE} or {@code ALTER DATABASE}.
   *
   * @param options {@code charset} and {@code collate}, where stated
   */
  public SchemaDefaults with(Map<String, String> options) {
    CharsetAndCollation changed =
        CharsetAndCollation.resolve(options.get("charset"), options.get("collate"), this);
    return changed == null
        ? this
        : new SchemaDefaults(changed.charset(), changed.collation(), server);
  }
}
