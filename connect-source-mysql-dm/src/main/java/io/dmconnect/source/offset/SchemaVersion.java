package io.dmconnect.source.offset;

import static java.util.Objects.requireNonNull;

import io.dmconnect.source.position.Transaction;

/**
 * A table's schema from a transaction on.
 *
 * @param since the transaction with the statement that made it
 * @param schema the schema as JSON text; null when the statement ended the table (DROP, RENAME)
 */
public record SchemaVersion(Transaction since, String schema) {

  /** Checks the transaction. */
  public SchemaVersion {
    requireNonNull(since, "since is null");
  }
}
