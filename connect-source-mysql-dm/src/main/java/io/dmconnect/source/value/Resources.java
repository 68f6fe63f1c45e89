package io.dmconnect.source.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Properties;

/** Reads tables from the connector's jar. */
final class Resources {

  /** The properties of a file of this package. */
  static Properties properties(String name) {
    Properties properties = new Properties();
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      properties.load(new InputStreamReader(in, UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + name + " of the connector's jar", e);
    }
    return properties;
  }

  private Resources() {}
}
