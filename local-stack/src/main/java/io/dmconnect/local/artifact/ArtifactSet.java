package io.dmconnect.local.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set of Maven artifacts with all they depend on, described by a small pom that ships with this
 * module.
 *
 * @param name the pom's artifactId
 * @param version the pom's version: that of the software it brings
 * @param pom the pom's text
 */
public record ArtifactSet(String name, String version, String pom) {
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  /**
   * The set described by the resource {@code name.xml} beside this class.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ArtifactSet of(String name) {
    String pom = resource(name + ".xml");
    Matcher version = VERSION.matcher(pom);
    if (!version.find()) {
      throw new IllegalArgumentException("No version in the pom of " + name);
    }
    return new ArtifactSet(name, version.group(1), pom);
  }

  /** Name and version for people. */
  public String title() {
    return name + " " + version;
  }

  /** The folder's name in the cache; changes with the pom. */
  public String key() {
    return name + "-" + version + "-" + Digest.shortHash(pom);
  }

  private static String resource(String name) {
    try (InputStream in = ArtifactSet.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("No resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + name, e);
    }
  }
}
