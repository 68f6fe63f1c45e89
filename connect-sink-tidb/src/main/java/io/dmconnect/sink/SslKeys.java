package io.dmconnect.sink;

import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.EnumValues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The keys {@code connection.ssl.*}, in Debezium's vocabulary, and what they mean to Connector/J.
 */
final class SslKeys {
  static final String MODE = "connection.ssl.mode";
  static final String TRUSTSTORE = "connection.ssl.truststore";
  static final String TRUSTSTORE_PASSWORD = "connection.ssl.truststore.password";
  static final String KEYSTORE = "connection.ssl.keystore";
  static final String KEYSTORE_PASSWORD = "connection.ssl.keystore.password";

  private static final EnumValues<Mode> MODES = EnumValues.of(Mode.class);

  /** How the connection is encrypted. The names are Connector/J's {@code sslMode}. */
  enum Mode {
    /** Not at all. */
    DISABLED,
    /** If the server can. */
    PREFERRED,
    /** Always, with any certificate. */
    REQUIRED,
    /** Always, with a certificate of a trusted authority. */
    VERIFY_CA,
    /** Always, with a trusted certificate of the host. */
    VERIFY_IDENTITY
  }

  static void define(ConfigDef def) {
    ConfigKeys.group(
        def,
        "TLS",
        ConfigKey.oneOf(MODE, MODES)
            .defaultsTo(Mode.PREFERRED)
            .medium()
            .display("TLS mode")
            .doc(
                "`disabled`, `preferred` (encrypt if TiDB can), `required`, `verify_ca` (with a"
                    + " trusted certificate) or `verify_identity` (of the host, too)."),
        ConfigKey.text(TRUSTSTORE)
            .optional()
            .medium()
            .display("Trust store")
            .doc("A PKCS12 or JKS file on the worker with the certificates to trust."),
        ConfigKey.secret(TRUSTSTORE_PASSWORD)
            .optional()
            .medium()
            .display("Trust store password")
            .doc("The trust store's password."),
        ConfigKey.text(KEYSTORE)
            .optional()
            .low()
            .display("Key store")
            .doc("A PKCS12 or JKS file on the worker with the client's key and certificate."),
        ConfigKey.secret(KEYSTORE_PASSWORD)
            .optional()
            .low()
            .display("Key store password")
            .doc("The key store's password."));
  }

  /** The options of Connector/J that follow from a configuration. */
  static Map<String, String> driverProperties(AbstractConfig config) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("sslMode", config.getString(MODE).toUpperCase(Locale.ROOT));
    addStore(properties, config, "trustCertificateKeyStore", TRUSTSTORE, TRUSTSTORE_PASSWORD);
    addStore(properties, config, "clientCertificateKeyStore", KEYSTORE, KEYSTORE_PASSWORD);
    if (MODES.parse(config.getString(MODE)) == Mode.DISABLED) {
      properties.put("allowPublicKeyRetrieval", "true");
    }

    return properties;
  }

  private static void addStore(
      Map<String, String> properties,
      AbstractConfig config,
      String option,
      String pathKey,
      String passwordKey) {
    String path = config.getString(pathKey);
    if (path != null) {
      properties.put(option + "Url", Path.of(path).toUri().toString());
      properties.put(
          option + "Type", path.toLowerCase(Locale.ROOT).endsWith(".jks") ? "JKS" : "PKCS12");
      if (config.getPassword(passwordKey) != null) {
        properties.put(option + "Password", config.getPassword(passwordKey).value());
      }
    }
  }

  private SslKeys() {}
}
