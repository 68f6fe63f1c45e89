package io.dmconnect.coordinator.cli;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import picocli.CommandLine.Option;

/** How a command reaches the coordinators. */
public final class ApiOptions {
  @Option(
      names = "--coordinator",
      paramLabel = "URL",
      defaultValue = "${env:DM_COORDINATOR:-http://127.0.0.1:8261}",
      description = "Any coordinator's URL, or DM_COORDINATOR (${DEFAULT-VALUE}).")
  private String url;

  @Option(
      names = "--user",
      paramLabel = "NAME:PASSWORD",
      defaultValue = "${env:DM_USER}",
      description = "The login, or DM_USER.")
  private String user;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:DM_TOKEN}",
      description = "The token instead of a login, or DM_TOKEN.")
  private String token;

  @Option(
      names = "--trust-store",
      paramLabel = "FILE",
      defaultValue = "${env:DM_TRUST_STORE}",
      description =
          "A PKCS12 or JKS file with the certificates to trust, or DM_TRUST_STORE; without it,"
              + " those the JDK trusts.")
  private File trustStore;

  @Option(
      names = "--trust-store-password",
      paramLabel = "PASSWORD",
      defaultValue = "${env:DM_TRUST_STORE_PASSWORD}",
      description = "The trust store's password, or DM_TRUST_STORE_PASSWORD.")
  private String trustStorePassword;

  /**
   * A client with these options.
   *
   * @throws IOException when the trust store cannot be read
   */
  ApiClient client() throws IOException {
    return new ApiClient(url, user, token, trustStore == null ? null : trusting());
  }

  private SSLContext trusting() throws IOException {
    try {
      char[] password = trustStorePassword == null ? null : trustStorePassword.toCharArray();
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(KeyStore.getInstance(trustStore, password));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException("The trust store " + trustStore + " cannot be used: " + e, e);
    }
  }
}
