package io.dmconnect.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.local.process.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExternalDatabaseTest {
  private final Workspace workspace = Workspace.create();

  @AfterEach
  void close() {
    workspace.close();
  }

  @Test
  void takesTheDefaultPortWhenTheUrlHasNone() {
    assertThat(database("mysql://dm@db.example").port()).isEqualTo(3306);
    assertThat(database("mysql://dm@db.example:13306").port()).isEqualTo(13306);
  }

  @Test
  void readsAPasswordWithEscapedCharacters() {
    assertThat(database("mysql://dm:p%40ss%3A%2F@db.example").password()).isEqualTo("p@ss:/");
  }

  @Test
  void tellsTheFormOfAUrlThatIsUnreadableWithoutRepeatingThePassword() {
    assertThatThrownBy(() -> database("mysql://dm:se%cret@db.example"))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("mysql-1 is not of the form mysql://user:password@host:port")
        .hasMessageContaining("%25")
        .hasMessageNotContaining("se%cret");
  }

  @Test
  void saysWhoCouldNotConnectWhereAndWhy() {
    int port = workspace.ports().free();

    assertThatThrownBy(() -> database("mysql://dm@127.0.0.1:" + port).start())
        .isInstanceOf(ServerException.class)
        .hasMessage("Cannot use mysql-1 as dm at 127.0.0.1:" + port + ". Connection refused");
  }

  private ExternalDatabase database(String url) {
    return new ExternalDatabase(workspace, "mysql-1", url, ExternalDatabase.MYSQL_PORT);
  }
}
