package io.dmconnect.local.server;

import io.dmconnect.local.process.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * An authority made for one stack, with a server certificate for {@code localhost} and 127.0.0.1, a
 * client certificate, and the stores and PEM files that servers and connectors take. Made with the
 * JDK's keytool.
 */
public final class Certificates {
  /** The password of every store. */
  public static final String PASSWORD = "changeit";

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String AUTHORITY = "ca";
  private static final String SERVER = "server";
  private static final String CLIENT = "client";
  private static final int PEM_LINE = 64;

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes them.
   *
   * @param folder takes the files; exists
   * @param serverNames the server certificate's names as keytool writes them, {@code
   *     dns:localhost,ip:127.0.0.1}
   */
  public static Certificates create(Path folder, String serverNames) {
    Certificates certificates = new Certificates(folder);
    certificates.keyPair(AUTHORITY, "-ext", "bc:c");
    certificates.export(AUTHORITY, certificates.authority());
    certificates.keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        AUTHORITY,
        "-file",
        certificates.authority().toString(),
        "-keystore",
        certificates.trustStore().toString());
    certificates.signed(SERVER, "-ext", "san=" + serverNames);
    certificates.signed(CLIENT);
    certificates.writeKey();
    return certificates;
  }

  /** The authority's certificate, PEM. */
  public Path authority() {
    return folder.resolve("ca.pem");
  }

  /** The server's certificate, PEM. */
  public Path serverCertificate() {
    return folder.resolve("server.pem");
  }

  /** The server's key, PEM. */
  public Path serverKey() {
    return folder.resolve("server-key.pem");
  }

  /** The files a server takes: the authority's certificate, its own and its key. */
  List<Path> serverFiles() {
    return List.of(authority(), serverCertificate(), serverKey());
  }

  /** The options with which a MySQL server offers TLS. */
  List<String> mysqlOptions() {
    return List.of(
        "--ssl-ca=" + authority(), "--ssl-cert=" + serverCertificate(), "--ssl-key=" + serverKey());
  }

  /** A PKCS#12 store with the authority. */
  public Path trustStore() {
    return folder.resolve("trust.p12");
  }

  /** A PKCS#12 store with the server's key and certificate. */
  public Path serverStore() {
    return store(SERVER);
  }

  /** A PKCS#12 store with a client's key and certificate. */
  public Path keyStore() {
    return store(CLIENT);
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  private void keyPair(String name, String... more) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("-genkeypair", "-alias", name, "-keyalg", "RSA", "-validity", "30"));
    line.addAll(List.of("-dname", "CN=" + name, "-keystore", store(name).toString()));
    line.addAll(List.of(more));
    keytool(line.toArray(String[]::new));
  }

  private void export(String name, Path file) {
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-file",
        file.toString(),
        "-keystore",
        store(name).toString());
  }

  /** A key pair whose certificate the authority signs. */
  private void signed(String name, String... extensions) {
    keyPair(name);
    String request = folder.resolve(name + ".csr").toString();
    String certificate = folder.resolve(name + ".pem").toString();
    String store = store(name).toString();
    keytool("-certreq", "-alias", name, "-file", request, "-keystore", store);
    List<String> line = new ArrayList<>();
    line.addAll(List.of("-gencert", "-rfc", "-alias", AUTHORITY, "-validity", "30"));
    line.addAll(List.of("-infile", request, "-outfile", certificate));
    line.addAll(List.of("-keystore", store(AUTHORITY).toString()));
    line.addAll(List.of(extensions));
    keytool(line.toArray(String[]::new));
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        AUTHORITY,
        "-file",
        authority().toString(),
        "-keystore",
        store);
    keytool("-importcert", "-alias", name, "-file", certificate, "-keystore", store);
  }

  private void keytool(String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(arguments));
    line.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    line.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    Programs.require(line, folder, Map.of(), LIMIT);
  }

  private void writeKey() {
    try (InputStream in = Files.newInputStream(store(SERVER))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      Key key = store.getKey(SERVER, PASSWORD.toCharArray());
      Base64.Encoder lines =
          Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII));
      Files.writeString(
          serverKey(),
          "-----BEGIN PRIVATE KEY-----\n"
              + lines.encodeToString(key.getEncoded())
              + "\n-----END PRIVATE KEY-----\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the server's key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot read the server's key", e);
    }
  }
}
