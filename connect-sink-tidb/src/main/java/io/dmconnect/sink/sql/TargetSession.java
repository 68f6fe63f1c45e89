package io.dmconnect.sink.sql;

/** The session settings that the statements' literals rely on. */
public final class TargetSession {

  /**
   * The sql_mode of the session. Strict, so that a value the target column cannot hold is an error
   * and never cut or clipped; zero dates and dates like February 31st are values like any other (as
   * in DM's target session); a 0 for an AUTO_INCREMENT column stays 0. Backslash is an escape and
   * {@code "} is not an identifier quote.
   */
  public static final String SQL_MODE =
      "STRICT_TRANS_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION";

  /** The same without strictness; for {@link PlannedStatement#lenient()}. */
  public static final String LENIENT_SQL_MODE =
      "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION";

  /**
   * The statement to run once on every connection that runs planned statements. The time zone is
   * that of the TIMESTAMP literals; foreign keys are off as in DM, since rows of different tables
   * are not written in their order; explicit values for AUTO_RANDOM columns are allowed.
   */
  public static final String SETTINGS =
      "SET SESSION sql_mode = '"
          + SQL_MODE
          + "', time_zone = '+00:00', foreign_key_checks = 0,"
          + " allow_auto_random_explicit_insert = 1";

  /** Leaves strictness; see {@link PlannedStatement#lenient()}. */
  public static final String ENTER_LENIENT = "SET SESSION sql_mode = '" + LENIENT_SQL_MODE + "'";

  /** Restores strictness. */
  public static final String LEAVE_LENIENT = "SET SESSION sql_mode = '" + SQL_MODE + "'";

  private TargetSession() {}
}
