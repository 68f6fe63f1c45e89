package io.dmconnect.it.chaos;

import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.Server;
import java.time.Duration;
import java.util.Random;

/** What is killed with {@code SIGKILL}, and started again some time later. */
enum Victim {
  LEADER {
    @Override
    Server find(ChaosStack stack, Migration migration, Random random) {
      return stack.servers().zooKeeper().running()
          ? Await.value("a coordinator to lead", LIMIT, stack::leader)
          : stack.servers().coordinators().get(0);
    }
  },
  ZOOKEEPER {
    @Override
    Server find(ChaosStack stack, Migration migration, Random random) {
      return stack.servers().zooKeeper();
    }
  },
  SINK {
    @Override
    Server find(ChaosStack stack, Migration migration, Random random) {
      return worker(stack, migration, migration.sink(), random);
    }
  },
  SOURCE {
    @Override
    Server find(ChaosStack stack, Migration migration, Random random) {
      return worker(stack, migration, migration.source(random.nextInt(2)), random);
    }
  },
  TIDB {
    @Override
    Server find(ChaosStack stack, Migration migration, Random random) {
      return stack.servers().tidb();
    }
  };

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** The server to kill now. */
  abstract Server find(ChaosStack stack, Migration migration, Random random);

  private static Server worker(
      ChaosStack stack, Migration migration, String connector, Random random) {
    int task = random.nextInt(2);
    String address =
        Await.value(
            "a worker to run " + connector, LIMIT, () -> migration.workerOf(connector, task));
    return stack.servers().connect().worker(address);
  }
}
