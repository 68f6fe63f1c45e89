package io.dmconnect.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version the plugin was built as. */
final class Version {
  private static final String RESOURCE = "/io/dmconnect/sink/version.properties";

  /** The version; comparable as Maven versions are. */
  static final String VERSION = read();

  private static String read() {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("The plugin has no " + RESOURCE, e);
    }
  }

  private Version() {}
}
