package io.dmconnect.it.scenario;

import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.DatabaseServer;

/** One thread's connections to the two sources and to the target. */
record Servers(Sql first, Sql second, Sql tidb) implements AutoCloseable {

  static Servers connect(LocalStack stack) {
    return new Servers(server(stack, "s1").sql(), server(stack, "s2").sql(), stack.tidb().sql());
  }

  /** The server of source {@code s1} or {@code s2}. */
  static DatabaseServer server(LocalStack stack, String source) {
    return source.equals("s1") ? stack.mysql() : stack.database(TestStack.SECOND_MYSQL);
  }

  Sql source(String source) {
    return source.equals("s1") ? first : second;
  }

  @Override
  public void close() {
    first.close();
    second.close();
    tidb.close();
  }
}
