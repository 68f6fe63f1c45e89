package io.dmconnect.source.config;

import io.dmconnect.source.binlog.BinlogConnection.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.config.ConfigException;

/**
 * The key and trust stores of TLS connections.
 *
 * @param keyStore the file with this client's key; null for none
 * @param keyPassword its password
 * @param trustStore the file with the authorities' certificates; null for the JVM's own
 * @param trustPassword its password
 */
record TlsStores(String keyStore, String keyPassword, String trustStore, String trustPassword) {

  /** Connector/J's properties. */
  Map<String, String> driverProperties() {
    Map<String, String> properties = new HashMap<>();
    if (keyStore != null) {
      properties.put("clientCertificateKeyStoreUrl", Path.of(keyStore).toUri().toString());
      properties.put("clientCertificateKeyStoreType", type(keyStore));
      properties.put("clientCertificateKeyStorePassword", keyPassword);
    }
    if (trustStore != null) {
      properties.put("trustCertificateKeyStoreUrl", Path.of(trustStore).toUri().toString());
      properties.put("trustCertificateKeyStoreType", type(trustStore));
      properties.put("trustCertificateKeyStorePassword", trustPassword);
    }
    return properties;
  }

  /** What makes the binlog connection's sockets; null when no store is stated. */
  SSLSocketFactory socketFactory(SslMode mode) {
    if (keyStore == null && trustStore == null) {
      return null;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(mode), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new ConfigException("TLS cannot be set up: " + e.getMessage());
    }
  }

  private KeyManager[] keyManagers() throws GeneralSecurityException {
    if (keyStore == null) {
      return null;
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(SourceKeys.SSL_KEYSTORE, keyStore, keyPassword), keyPassword.toCharArray());
    return keys.getKeyManagers();
  }

  private TrustManager[] trustManagers(SslMode mode) throws GeneralSecurityException {
    return switch (mode) {
      case DISABLED, PREFERRED, REQUIRED -> new TrustManager[] {new TrustAll()};
      case VERIFY_CA, VERIFY_IDENTITY -> {
        if (trustStore == null) {
          yield null;
        }
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(SourceKeys.SSL_TRUSTSTORE, trustStore, trustPassword));
        yield trust.getTrustManagers();
      }
    };
  }

  private static KeyStore load(String key, String file, String password) {
    try (var in = Files.newInputStream(Path.of(file))) {
      KeyStore store = KeyStore.getInstance(type(file));
      store.load(in, password.isEmpty() ? null : password.toCharArray());
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigException(key, file, "The store cannot be read: " + e.getMessage());
    }
  }

  private static String type(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return name.endsWith(".p12") || name.endsWith(".pfx") ? "PKCS12" : "JKS";
  }

  /** {@code --ssl-mode=REQUIRED} encrypts and does not ask who answers. */
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
