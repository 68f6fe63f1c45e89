package io.dmconnect.it.harness;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.server.Certificates;
import io.dmconnect.local.server.ZooKeeper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A ZooKeeper server of its own with TLS and SASL logins, beside its open port. */
public final class SecureZooKeeper implements AutoCloseable {
  /** The JAAS file with the server's accounts and the clients' logins. */
  public static final Path LOGINS =
      Path.of("src/test/resources/zookeeper/jaas.conf").toAbsolutePath();

  /** The section of the JAAS file with a right login. */
  public static final String LOGIN = "DmConnect";

  /** The section of the JAAS file with a wrong password. */
  public static final String WRONG_LOGIN = "DmConnectWrong";

  private final Certificates certificates;
  private final ZooKeeper server;
  private final int securePort;

  /** Starts it. */
  public SecureZooKeeper(LocalStack stack, String name) {
    Path folder = stack.workspace().folder(name + "-tls");
    certificates = Certificates.create(folder, "dns:localhost,ip:127.0.0.1");
    securePort = stack.workspace().ports().free();
    Map<String, String> settings =
        Map.of(
            "authProvider.1",
            "org.apache.zookeeper.server.auth.SASLAuthenticationProvider",
            "secureClientPort",
            Integer.toString(securePort),
            "serverCnxnFactory",
            "org.apache.zookeeper.server.NettyServerCnxnFactory",
            "ssl.keyStore.location",
            certificates.serverStore().toString(),
            "ssl.keyStore.password",
            Certificates.PASSWORD,
            "ssl.trustStore.location",
            certificates.trustStore().toString(),
            "ssl.trustStore.password",
            Certificates.PASSWORD);
    server =
        new ZooKeeper(
            stack.workspace(),
            stack.store(),
            name,
            settings,
            List.of("-Djava.security.auth.login.config=" + LOGINS));
    server.prepare();
    server.start();
  }

  /** The port without TLS, where a login is not needed either. */
  public String plain() {
    return server.connectString();
  }

  /** The connectors' and coordinators' keys for TLS with a client certificate. */
  public Map<String, String> tls(String chroot) {
    Map<String, String> keys = new HashMap<>();
    keys.put("coordinator.zookeeper.connect", "localhost:" + securePort + chroot);
    keys.put("coordinator.zookeeper.ssl.enabled", "true");
    keys.put("coordinator.zookeeper.ssl.truststore.location", certificates.trustStore().toString());
    keys.put("coordinator.zookeeper.ssl.truststore.password", Certificates.PASSWORD);
    keys.put("coordinator.zookeeper.ssl.keystore.location", certificates.keyStore().toString());
    keys.put("coordinator.zookeeper.ssl.keystore.password", Certificates.PASSWORD);
    return keys;
  }

  /** The keys for TLS with a SASL login, for nodes that only this login may touch. */
  public Map<String, String> sasl(String chroot) {
    Map<String, String> keys = tls(chroot);
    keys.put("coordinator.zookeeper.sasl.context", LOGIN);
    keys.put("coordinator.zookeeper.acl", "creator");
    return keys;
  }

  /** The keys for a login by the digest scheme, for nodes that only this login may touch. */
  public Map<String, String> digest(String chroot) {
    Map<String, String> keys = new HashMap<>();
    keys.put("coordinator.zookeeper.connect", plain() + chroot);
    keys.put("coordinator.zookeeper.digest", "dm:secret");
    keys.put("coordinator.zookeeper.acl", "creator");
    return keys;
  }

  @Override
  public void close() {
    server.close();
  }
}
