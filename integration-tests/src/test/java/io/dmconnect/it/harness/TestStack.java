package io.dmconnect.it.harness;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.PluginZips;
import io.dmconnect.local.server.MysqlRelease;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one stack of real servers that all of them share: it is started when the first
 * test asks for it and stopped when the last has ended. Tests keep apart by the names of their
 * databases, topics and connectors.
 */
public final class TestStack implements ParameterResolver {
  /** The name of the second MySQL 8.0. */
  public static final String SECOND_MYSQL = "mysql2";

  /** The name of the MySQL 5.7. */
  public static final String MYSQL_5_7 = "mysql57";

  /** The name of the MariaDB. */
  public static final String MARIADB = "mariadb";

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(TestStack.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType() == LocalStack.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    return extension
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Holder.class, key -> new Holder(start()), Holder.class)
        .stack();
  }

  private static LocalStack start() {
    return LocalStack.builder()
        .mysql("--log-bin-trust-function-creators=ON")
        .mysql(SECOND_MYSQL, MysqlRelease.MYSQL_8_0)
        .mysql(MYSQL_5_7, MysqlRelease.MYSQL_5_7)
        .mariaDb(MARIADB)
        .tidb()
        .kafka()
        .zooKeeper()
        .avroRegistry()
        .connect(2)
        .workerJvmOptions(
            "-XX:TieredStopAtLevel=1",
            "-Djava.security.auth.login.config=" + SecureZooKeeper.LOGINS)
        .plugins(zip("connect-source-mysql-dm"), zip("connect-sink-tidb"))
        .converterJars(PluginZips.builtJar(Path.of(".."), "connect-avro-converter"))
        .start();
  }

  /** The plugin zip that the build of a module made. */
  public static Path zip(String module) {
    return PluginZips.built(Path.of(".."), module);
  }

  private record Holder(LocalStack stack) implements AutoCloseable {
    @Override
    public void close() {
      stack.close();
    }
  }
}
