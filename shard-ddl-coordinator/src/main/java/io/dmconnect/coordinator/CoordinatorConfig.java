package io.dmconnect.coordinator;

import io.dmconnect.coordinator.api.Access;
import io.dmconnect.coordinator.api.ApiSettings;
import io.dmconnect.coordinator.api.Role;
import io.dmconnect.coordinator.api.User;
import io.dmconnect.model.config.AliasedRules;
import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.config.EnumValues;
import io.dmconnect.model.config.RuleValues;
import io.dmconnect.model.config.Validators;
import io.dmconnect.model.coordination.zk.ZooKeeperKeys;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/** A coordinator's configuration: the properties of its file. */
public final class CoordinatorConfig {
  private static final String HOST = "rest.host";
  private static final String PORT = "rest.port";
  private static final String ADVERTISED = "rest.advertised.url";
  private static final String ANONYMOUS = "rest.anonymous";
  private static final String USERS = "rest.users";
  private static final String KEY_STORE = "rest.ssl.keystore.location";
  private static final String KEY_STORE_PASSWORD = "rest.ssl.keystore.password";
  private static final String PASSWORD = "password";
  private static final String TOKEN = "token";
  private static final String ROLE = "role";
  private static final EnumValues<Role> ROLES = EnumValues.of(Role.class);
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  private static final Set<String> WILDCARDS =
      Set.of("0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0", "[0:0:0:0:0:0:0:0]");

  /** DM-master's port. */
  private static final int DEFAULT_PORT = 8261;

  private static final AliasedRules USER_RULES = new AliasedRules(USERS, userFields());
  private static final ConfigDef KEYS = define();

  private final AbstractConfig config;
  private final List<User> users;

  private CoordinatorConfig(AbstractConfig config, List<User> users) {
    this.config = config;
    this.users = users;
  }

  /**
   * The problems of a configuration, each on its key; none when it is valid.
   *
   * @param props the file's properties
   */
  public static List<ConfigProblem> validate(Map<String, String> props) {
    List<ConfigProblem> problems = new ArrayList<>();
    for (ConfigValue value : KEYS.validate(props)) {
      value.errorMessages().forEach(m -> problems.add(new ConfigProblem(value.name(), m)));
    }

    List<User> users = USER_RULES.parse(props, CoordinatorConfig::user, problems::add);
    Set<String> known = new TreeSet<>(KEYS.names());
    known.addAll(USER_RULES.enrich(KEYS, props).names());
    Set<String> unknown = new TreeSet<>(props.keySet());
    unknown.removeIf(key -> key.startsWith(USERS + "."));
    Map<String, String> others = new TreeMap<>(props);
    others.keySet().retainAll(unknown);
    problems.addAll(ConfigKeys.unknown(others, known, List.of("")));
    if (problems.isEmpty()) {
      together(props, users, problems);
    }

    return problems;
  }

  private static void together(
      Map<String, String> props, List<User> users, List<ConfigProblem> problems) {
    AbstractConfig config = new AbstractConfig(KEYS, props, false);
    if (config.getString(ZooKeeperKeys.CONNECT) == null) {
      problems.add(new ConfigProblem(ZooKeeperKeys.CONNECT, "State the ZooKeeper servers"));
    }

    Role anonymous = ROLES.parse(config.getString(ANONYMOUS));
    boolean open = anonymous != Role.NONE;
    if (users.isEmpty() && !open) {
      problems.add(
          new ConfigProblem(
              USERS, "Nobody may use the API: name users, or give " + ANONYMOUS + " a role"));
    }

    if (anonymous == Role.OPERATOR && !LOOPBACK.contains(config.getString(HOST))) {
      problems.add(
          new ConfigProblem(
              ANONYMOUS, "Only on a loopback address may everybody be an operator: name users"));
    }

    if (WILDCARDS.contains(config.getString(HOST)) && config.getString(ADVERTISED) == null) {
      problems.add(
          new ConfigProblem(
              ADVERTISED,
              "State where clients reach this coordinator: "
                  + HOST
                  + "="
                  + config.getString(HOST)
                  + " listens on every address and is none that they can go to"));
    }

    boolean tls = config.getString(KEY_STORE) != null;
    if (tls && config.getPassword(KEY_STORE_PASSWORD) == null) {
      problems.add(new ConfigProblem(KEY_STORE_PASSWORD, "State the key store's password"));
    }
  }

  /**
   * The configuration of valid properties.
   *
   * @throws org.apache.kafka.common.config.ConfigException when they are not valid
   */
  public static CoordinatorConfig of(Map<String, String> props) {
    List<User> users = USER_RULES.parse(props, CoordinatorConfig::user, problem -> {});
    return new CoordinatorConfig(new AbstractConfig(KEYS, new HashMap<>(props), false), users);
  }

  /** The definition of all keys but those of users. */
  public static ConfigDef keys() {
    return new ConfigDef(KEYS);
  }

  /** How ZooKeeper is reached. */
  public ZooKeeperSettings zooKeeper() {
    return ZooKeeperKeys.settings(config);
  }

  /** What the REST API listens on. */
  public ApiSettings api() {
    Password password = config.getPassword(KEY_STORE_PASSWORD);
    return new ApiSettings(
        config.getString(HOST),
        config.getInt(PORT),
        config.getString(KEY_STORE),
        password == null ? null : password.value());
  }

  /** Who may use it. */
  public Access access() {
    return new Access(users, ROLES.parse(config.getString(ANONYMOUS)));
  }

  /** Where clients of other coordinators are sent while this one leads. */
  public String advertisedUrl() {
    String stated = config.getString(ADVERTISED);
    if (stated != null) {
      return stated.endsWith("/") ? stated.substring(0, stated.length() - 1) : stated;
    }

    String scheme = config.getString(KEY_STORE) == null ? "http" : "https";
    String host = config.getString(HOST);
    boolean bare = host.contains(":") && !host.startsWith("[");
    return scheme + "://" + (bare ? "[" + host + "]" : host) + ":" + config.getInt(PORT);
  }

  private static User user(RuleValues values) {
    String password = values.secret(PASSWORD);
    String token = values.secret(TOKEN);
    if (password == null && token == null) {
      values.reject(PASSWORD, "State a password or a token");
    }

    return new User(values.alias(), ROLES.parse(values.text(ROLE)), password, token);
  }

  private static ConfigDef userFields() {
    return ConfigKeys.group(
        new ConfigDef(),
        "REST user",
        ConfigKey.secret(PASSWORD)
            .optional()
            .high()
            .display("Password")
            .doc("What the user logs in with by HTTP basic authentication."),
        ConfigKey.secret(TOKEN)
            .optional()
            .medium()
            .display("Token")
            .doc("What stands for the user as a bearer token."),
        ConfigKey.oneOf(ROLE, ROLES)
            .defaultsTo(Role.READER)
            .medium()
            .display("Role")
            .doc("reader: may see everything; operator: may also carry out actions."));
  }

  private static ConfigDef define() {
    ConfigDef def = ZooKeeperKeys.define(new ConfigDef());
    return ConfigKeys.group(
        def,
        "REST API",
        ConfigKey.text(HOST)
            .defaultsTo("127.0.0.1")
            .validator(Validators.notBlank())
            .medium()
            .display("Host")
            .doc("The address to listen on."),
        ConfigKey.number(PORT, 0, 65_535)
            .defaultsTo(DEFAULT_PORT)
            .medium()
            .display("Port")
            .doc("The port to listen on; DM-master's unless stated."),
        ConfigKey.text(ADVERTISED)
            .optional()
            .validator(Validators.text("URL", CoordinatorConfig::checkUrl))
            .medium()
            .display("Advertised URL")
            .doc(
                "Where the clients of the other coordinators reach this one while it leads;"
                    + " from host and port unless stated. Needed when the host is every"
                    + " address (0.0.0.0 or ::)."),
        ConfigKey.oneOf(ANONYMOUS, ROLES)
            .defaultsTo(Role.NONE)
            .medium()
            .display("Anonymous role")
            .doc("What who does not log in may do: none, reader, or operator (loopback only)."),
        usersKey(),
        ConfigKey.text(KEY_STORE)
            .optional()
            .validator(Validators.notBlank())
            .medium()
            .display("Key store")
            .doc("The PKCS12 or JKS file with the key and certificate for TLS; else no TLS."),
        ConfigKey.secret(KEY_STORE_PASSWORD)
            .optional()
            .medium()
            .display("Key store password")
            .doc("The key store's password."));
  }

  private static ConfigKey usersKey() {
    return ConfigKey.list(USERS)
        .defaultsTo("")
        .high()
        .display("Users")
        .doc(
            "Names of users. Each is stated by keys `rest.users.<name>.…`: password, token and"
                + " role.");
  }

  private static void checkUrl(String text) {
    URI uri = URI.create(text);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("must be a URL that begins with http:// or https://");
    }
  }
}
