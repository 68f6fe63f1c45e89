package io.dmconnect.local.server;

/** The MySQL releases that can be started. */
public enum MysqlRelease {
  /** 8.0.31, the default. */
  MYSQL_8_0("mysql-8.0", "mysql:8.0"),
  /** 5.7.22; its binary offers no TLS that a current client accepts. */
  MYSQL_5_7("mysql-5.7", "mysql:5.7");

  private final String artifactSet;
  private final String image;

  MysqlRelease(String artifactSet, String image) {
    this.artifactSet = artifactSet;
    this.image = image;
  }

  /** The name and tag of the release's image. */
  String image() {
    return image;
  }

  String artifactSet() {
    return artifactSet;
  }
}
