package io.dmconnect.model.ddl;

/**
 * A schema change that does not fit the schema it is applied to, or whose outcome only the server
 * knows.
 */
public final class SchemaEvolutionException extends RuntimeException {
  SchemaEvolutionException(String message) {
    super(message);
  }
}
