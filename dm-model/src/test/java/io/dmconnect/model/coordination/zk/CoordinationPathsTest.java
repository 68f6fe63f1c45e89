package io.dmconnect.model.coordination.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.MemberId;
import org.apache.zookeeper.common.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinationPathsTest {
  private final CoordinationPaths paths = new CoordinationPaths("merge");

  @ParameterizedTest
  @ValueSource(strings = {"orders", "a/b", "a:b", "..", ".", "täble", "a b%c", "zoo\u0001keeper"})
  void namesOfTablesBecomeNodeNamesAndComeBack(String name) {
    TableId target = new TableId(name, name);
    String root = paths.group(target).root();

    PathUtils.validatePath(root);
    assertThat(CoordinationPaths.target(root.substring(paths.groups().length() + 1)))
        .isEqualTo(target);
  }

  @Test
  void aMembersNodesAreNamedAfterIt() {
    MemberId member = MemberId.of("mysql-1", "shop.a", "orders:1");

    assertThat(paths.group(new TableId("shop", "orders")).request(member))
        .isEqualTo("/dm/merge/groups/shop:orders/requests/mysql-1:shop.a:orders%3A1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leader", "", "a/b", "..", "zwei Wörter"})
  void aTasksNameMustBeANodeNameOfItsOwn(String task) {
    assertThatThrownBy(() -> new CoordinationPaths(task))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
