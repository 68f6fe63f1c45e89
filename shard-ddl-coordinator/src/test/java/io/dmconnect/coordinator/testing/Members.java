package io.dmconnect.coordinator.testing;

import io.dmconnect.local.LocalStack;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.coordination.zk.ShardDdlListener;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import java.util.Map;
import org.apache.zookeeper.ZooDefs;

/** Members whose sinks only look at what is decided. */
public final class Members {

  /** A client's settings for a stack's ZooKeeper. */
  public static ZooKeeperSettings settings(LocalStack stack) {
    return new ZooKeeperSettings(
        stack.zooKeeper().connectString(),
        10_000,
        10_000,
        null,
        ZooDefs.Ids.OPEN_ACL_UNSAFE,
        Map.of());
  }

  /** Follows a member of a merged table that is not there yet. */
  public static void follow(ShardDdlClient sink, TableId target, MemberId member) {
    sink.follow(
        target,
        member,
        null,
        new ShardDdlListener() {
          @Override
          public void decided(MemberId id, Decision decision) {}

          @Override
          public void failed(MemberId id, DmException error) {}
        });
  }

  /** The schema of a table of those columns and keys, as MySQL 8.0 has it. */
  public static TableSchema schema(String columns) {
    return SchemaEvolution.apply(
        null,
        DdlParser.parse("CREATE TABLE t (" + columns + ")", SqlModes.DEFAULT, "shop"),
        SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31")));
  }

  private Members() {}
}
