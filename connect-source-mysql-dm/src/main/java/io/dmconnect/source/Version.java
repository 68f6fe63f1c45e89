package io.dmconnect.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build. */
final class Version {
  private static final String RESOURCE = "/io/dmconnect/source/version.properties";

  private Version() {}

  /** The version in {@code pom.xml}. */
  static String text() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("The version of the build cannot be read", e);
    }
    return properties.getProperty("version");
  }
}
