package io.dmconnect.sink;

import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.Validators;
import io.dmconnect.sink.target.TargetSettings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The keys that say where TiDB is and whose account is used. */
final class ConnectionKeys {
  static final String URL = "connection.url";
  static final String USERNAME = "connection.username";
  static final String PASSWORD = "connection.password";
  static final String TIMEOUT_MS = "connection.timeout.ms";

  private static final Pattern FILES_OF_THE_WORKER =
      Pattern.compile(
          "allow(LoadLocalInfile|UrlInLocalInfile)\\s*=(?!\\s*(false|no)\\b)"
              + "|allowLoadLocalInfileInPath",
          Pattern.CASE_INSENSITIVE);

  static void define(ConfigDef def) {
    ConfigKeys.group(
        def,
        "Connection",
        ConfigKey.text(URL)
            .required()
            .validator(Validators.text("jdbc:mysql://host:port/", ConnectionKeys::checkUrl))
            .high()
            .width(ConfigDef.Width.LONG)
            .display("URL")
            .doc(
                "Where TiDB is: `jdbc:mysql://host:4000/`. Options of MySQL Connector/J may follow"
                    + " after a `?`; several hosts, separated by commas, are tried in order."),
        ConfigKey.text(USERNAME)
            .required()
            .high()
            .display("User")
            .doc(
                "The account. It needs SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP and"
                    + " INDEX on the target schemas, and SELECT, INSERT, UPDATE, DELETE and CREATE"
                    + " on `meta.schema`. `validate` checks `meta.schema` and the schemas that"
                    + " routes name; when they name none, only that rows can be written somewhere"
                    + " but in `dm_meta`. Roles are trusted."),
        ConfigKey.secret(PASSWORD)
            .defaultsTo("")
            .high()
            .display("Password")
            .doc("The account's password. Take it from a configuration provider."),
        ConfigKey.number(TIMEOUT_MS, 250, 300_000)
            .defaultsTo(10_000)
            .low()
            .display("Connect timeout (ms)")
            .doc("How long opening a connection may take, in milliseconds."));
  }

  private static void checkUrl(String url) {
    if (!url.startsWith("jdbc:mysql://")) {
      throw new IllegalArgumentException("must begin with jdbc:mysql://");
    }

    String decoded = URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (FILES_OF_THE_WORKER.matcher(decoded).find()) {
      throw new IllegalArgumentException(
          "must not let the server ask for files of the worker: leave out allowLoadLocalInfile,"
              + " allowLoadLocalInfileInPath and allowUrlInLocalInfile (load.data needs none)");
    }
  }

  /** How the target is reached, with so many connections at most. */
  static TargetSettings target(AbstractConfig config, int connections) {
    return new TargetSettings(
        config.getString(URL),
        config.getString(USERNAME),
        config.getPassword(PASSWORD).value(),
        SslKeys.driverProperties(config),
        config.getBoolean(WriteKeys.LOAD_DATA),
        connections,
        config.getInt(TIMEOUT_MS));
  }

  private ConnectionKeys() {}
}
