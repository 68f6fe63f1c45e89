package io.dmconnect.local.cli;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.server.ConnectWorker;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.local.server.Server;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** Tells a person how to reach the servers of a stack. */
public final class StackAddresses {
  private StackAddresses() {}

  /** Prints every server that runs, and where the logs are. */
  public static void print(LocalStack stack, PrintStream out) {
    out.println();
    for (Server server : stack.servers()) {
      if (server.running()) {
        String how = server instanceof DatabaseServer db ? db.clientCommand() : server.url();
        out.printf("%-14s %s%n", server.name(), how);
      }
    }
    out.printf("%-14s %s%n", "logs", stack.workspace().log("*"));
  }

  /** Prints ready-to-paste commands for connectors and topics. */
  public static void printCommands(LocalStack stack, PrintStream out, String topic) {
    String connect =
        stack.connect().workers().stream()
            .filter(Server::running)
            .map(ConnectWorker::url)
            .findFirst()
            .orElse("");
    out.println();
    out.println("  curl -s '" + connect + "/connectors?expand=status'");
    out.println("  curl -s " + connect + "/connector-plugins");
    out.println("  " + stack.consumerCommand(topic));
  }

  /** Waits for Ctrl-C, which ends this program and with it all servers. */
  public static void awaitInterrupt(PrintStream out) throws InterruptedException {
    out.println();
    out.println("Ctrl-C stops everything.");
    new CountDownLatch(1).await();
  }
}
