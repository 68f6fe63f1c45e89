package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.config.ConfigProblem;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;

/** Whether the key store and the trust store of TLS can be opened. */
final class StoreFiles {

  static List<ConfigProblem> problems(AbstractConfig config) {
    List<ConfigProblem> problems = new ArrayList<>();
    if (config.getBoolean(ZooKeeperKeys.SSL)) {
      check(config, ZooKeeperKeys.KEY_STORE, ZooKeeperKeys.KEY_STORE_PASSWORD, problems);
      check(config, ZooKeeperKeys.TRUST_STORE, ZooKeeperKeys.TRUST_STORE_PASSWORD, problems);
    }

    return problems;
  }

  private static void check(
      AbstractConfig config, String location, String password, List<ConfigProblem> problems) {
    String path = config.getString(location);
    if (path == null || path.toLowerCase(Locale.ROOT).endsWith(".pem")) {
      return;
    }

    File file = new File(path);
    if (!file.canRead()) {
      problems.add(new ConfigProblem(location, "The file " + path + " cannot be read"));
      return;
    }

    Password secret = config.getPassword(password);
    try {
      KeyStore unused =
          KeyStore.getInstance(file, secret == null ? null : secret.value().toCharArray());
    } catch (IOException e) {
      boolean wrong = e.getCause() instanceof GeneralSecurityException;
      problems.add(
          new ConfigProblem(
              wrong ? password : location, path + " cannot be opened: " + e.getMessage()));
    } catch (GeneralSecurityException e) {
      problems.add(new ConfigProblem(location, path + " is no key store: " + e.getMessage()));
    }
  }

  private StoreFiles() {}
}
