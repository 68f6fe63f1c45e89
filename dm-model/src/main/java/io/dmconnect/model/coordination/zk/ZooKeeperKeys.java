package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.Validators;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * The configuration keys of the connection to ZooKeeper, the same for sources, sinks and
 * coordinators.
 */
public final class ZooKeeperKeys {
  /** The servers; null when there is no coordination. */
  public static final String CONNECT = "coordinator.zookeeper.connect";

  private static final String PREFIX = "coordinator.zookeeper.";
  private static final String SESSION = PREFIX + "session.timeout.ms";
  private static final String CONNECTION = PREFIX + "connection.timeout.ms";
  static final String DIGEST = PREFIX + "digest";
  static final String SASL = PREFIX + "sasl.context";
  private static final String ACL = PREFIX + "acl";
  static final String SSL = PREFIX + "ssl.enabled";
  static final String KEY_STORE = PREFIX + "ssl.keystore.location";
  static final String KEY_STORE_PASSWORD = PREFIX + "ssl.keystore.password";
  static final String TRUST_STORE = PREFIX + "ssl.truststore.location";
  static final String TRUST_STORE_PASSWORD = PREFIX + "ssl.truststore.password";
  private static final String FIPS_MODE = "zookeeper.fips-mode";
  private static final String HOST_NAMES = PREFIX + "ssl.hostname.verification";

  /** Adds the keys to a definition. */
  public static ConfigDef define(ConfigDef def) {
    ConfigKeys.group(
        def,
        "Shard DDL coordination",
        ConfigKey.text(CONNECT)
            .optional()
            .validator(Validators.notBlank())
            .medium()
            .display("ZooKeeper servers")
            .doc(
                "host:port of the ZooKeeper servers, separated by commas, with a chroot at the end"
                    + " if wanted. The same for the sources, the sink and the coordinators of a"
                    + " task. Without it schema changes of shards are not coordinated."),
        ConfigKey.number(SESSION, 2_000, 300_000)
            .defaultsTo(15_000)
            .low()
            .display("ZooKeeper session timeout")
            .doc(
                "Milliseconds without contact after which ZooKeeper takes the session for lost."
                    + " Standby coordinators take over after it when a leader dies."),
        ConfigKey.number(CONNECTION, 1_000, 300_000)
            .defaultsTo(10_000)
            .low()
            .display("ZooKeeper connection timeout")
            .doc("Milliseconds that connecting to ZooKeeper may take."));
    ConfigKeys.group(
        def,
        "Shard DDL coordination: security",
        ConfigKey.secret(DIGEST)
            .optional()
            .medium()
            .display("ZooKeeper digest login")
            .doc("user:password of ZooKeeper's digest scheme."),
        ConfigKey.text(SASL)
            .optional()
            .validator(Validators.notBlank())
            .low()
            .display("ZooKeeper SASL login context")
            .doc(
                "Logs in with SASL by this section of the JAAS file that the Java property"
                    + " java.security.auth.login.config names. Without it SASL is off."),
        ConfigKey.text(ACL)
            .defaultsTo("open")
            .validator(Validators.text(AccessControl.SYNTAX, AccessControl::parse))
            .medium()
            .display("ZooKeeper access control")
            .doc(
                "What the nodes are created with: "
                    + AccessControl.SYNTAX
                    + ". Sources, sinks and coordinators all need access, so 'creator' takes one"
                    + " login for all of them."),
        ConfigKey.flag(SSL)
            .defaultsTo(false)
            .medium()
            .display("ZooKeeper TLS")
            .doc("Whether the connection to ZooKeeper uses TLS."),
        store(KEY_STORE, "ZooKeeper key store", "The file with the client's key and certificate"),
        password(KEY_STORE_PASSWORD, "ZooKeeper key store password"),
        store(TRUST_STORE, "ZooKeeper trust store", "The file with the certificates to trust"),
        password(TRUST_STORE_PASSWORD, "ZooKeeper trust store password"),
        ConfigKey.flag(HOST_NAMES)
            .defaultsTo(true)
            .low()
            .display("ZooKeeper host name verification")
            .doc("Whether a server's certificate must be for the name it is connected by."));
    return def;
  }

  /** The settings of a configuration that states {@link #CONNECT}. */
  public static ZooKeeperSettings settings(AbstractConfig config) {
    Password digest = config.getPassword(DIGEST);
    return new ZooKeeperSettings(
        config.getString(CONNECT),
        config.getInt(SESSION),
        config.getInt(CONNECTION),
        digest == null ? null : digest.value(),
        AccessControl.parse(config.getString(ACL)),
        client(config));
  }

  private static Map<String, String> client(AbstractConfig config) {
    Map<String, String> client = new HashMap<>();
    String sasl = config.getString(SASL);
    client.put(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, Boolean.toString(sasl != null));
    if (sasl != null) {
      client.put(ZKClientConfig.LOGIN_CONTEXT_NAME_KEY, sasl);
      // In this mode, the default, the client leaves DIGEST-MD5 logins out (ZooKeeper 3.9.4 on).
      client.put(FIPS_MODE, System.getProperty(FIPS_MODE, "false"));
    }

    if (config.getBoolean(SSL)) {
      client.put(ZKClientConfig.SECURE_CLIENT, "true");
      client.put(
          ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET,
          "org.apache.zookeeper.ClientCnxnSocketNetty");
      put(client, "zookeeper.ssl.keyStore.location", config.getString(KEY_STORE));
      put(client, "zookeeper.ssl.keyStore.password", config.getPassword(KEY_STORE_PASSWORD));
      put(client, "zookeeper.ssl.trustStore.location", config.getString(TRUST_STORE));
      put(client, "zookeeper.ssl.trustStore.password", config.getPassword(TRUST_STORE_PASSWORD));
      put(client, "zookeeper.ssl.hostnameVerification", config.getBoolean(HOST_NAMES));
    }

    return client;
  }

  private static void put(Map<String, String> client, String name, Object value) {
    if (value != null) {
      client.put(name, value instanceof Password secret ? secret.value() : value.toString());
    }
  }

  private static ConfigKey store(String key, String display, String doc) {
    return ConfigKey.text(key)
        .optional()
        .validator(Validators.notBlank())
        .low()
        .display(display)
        .doc(doc + ", JKS, PKCS12 or PEM by its ending.");
  }

  private static ConfigKey password(String key, String display) {
    return ConfigKey.secret(key).optional().low().display(display).doc("The file's password.");
  }

  private ZooKeeperKeys() {}
}
