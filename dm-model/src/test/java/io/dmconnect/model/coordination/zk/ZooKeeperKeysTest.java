package io.dmconnect.model.coordination.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZooKeeperKeysTest {

  @Test
  void aChrootEndsTheConnectString() {
    ZooKeeperSettings settings = settings(Map.of());

    assertThat(settings.servers()).isEqualTo("a:2181,b:2181");
    assertThat(settings.chroot()).isEqualTo("/x/y");
  }

  @Test
  void nodesAreOpenUnlessStatedOtherwise() {
    assertThat(settings(Map.of()).acl()).isEqualTo(ZooDefs.Ids.OPEN_ACL_UNSAFE);
    assertThat(settings(Map.of("coordinator.zookeeper.acl", "creator")).acl())
        .isEqualTo(ZooDefs.Ids.CREATOR_ALL_ACL);
  }

  @Test
  void anAccessListIsStatedEntryByEntry() {
    String list = "sasl:dm:crwda,digest:ops:+7K=:r";

    assertThat(settings(Map.of("coordinator.zookeeper.acl", list)).acl())
        .isEqualTo(
            List.of(
                new ACL(ZooDefs.Perms.ALL, new Id("sasl", "dm")),
                new ACL(ZooDefs.Perms.READ, new Id("digest", "ops:+7K="))));
  }

  @Test
  void theAccessListCanBeAskedForWhatZooKeeperAsksIt() {
    assertThat(settings(Map.of()).acl().contains(null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"everybody", "digest:ops", "digest:ops:x", "digest:ops:", ""})
  void aWrongAccessListIsReportedOnItsKey(String list) {
    assertThatThrownBy(() -> settings(Map.of("coordinator.zookeeper.acl", list)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("coordinator.zookeeper.acl");
  }

  @Test
  void tlsNeedsTheClientsNettySocket() {
    ZooKeeperSettings settings =
        settings(
            Map.of(
                "coordinator.zookeeper.ssl.enabled", "true",
                "coordinator.zookeeper.ssl.truststore.location", "/t.p12",
                "coordinator.zookeeper.ssl.truststore.password", "secret"));

    assertThat(settings.client())
        .containsEntry("zookeeper.client.secure", "true")
        .containsEntry("zookeeper.clientCnxnSocket", "org.apache.zookeeper.ClientCnxnSocketNetty")
        .containsEntry("zookeeper.ssl.trustStore.location", "/t.p12")
        .containsEntry("zookeeper.ssl.trustStore.password", "secret");
    assertThat(settings).asString().doesNotContain("secret");
  }

  private static ZooKeeperSettings settings(Map<String, String> more) {
    Map<String, String> props = new java.util.HashMap<>(more);
    props.put(ZooKeeperKeys.CONNECT, "a:2181,b:2181/x/y");
    return ZooKeeperKeys.settings(
        new AbstractConfig(ZooKeeperKeys.define(new ConfigDef()), props, false));
  }
}
