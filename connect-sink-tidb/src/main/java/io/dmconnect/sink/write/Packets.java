package io.dmconnect.sink.write;

import io.dmconnect.sink.sql.PlannedStatement;
import io.dmconnect.sink.sql.TargetSession;
import io.dmconnect.sink.target.RowLoader;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements put together in few packets: a round trip costs more than a small statement. The
 * progress comes first.
 */
final class Packets {
  private static final int PACKET_CHARS = 1 << 20;

  /** A slot is not where it should be. */
  static final class NotMovedException extends SQLException {
    private static final long serialVersionUID = 1;

    NotMovedException() {
      super("A progress row is not where it should be");
    }
  }

  private final RowLoader loader;
  private final List<Packet> packets = new ArrayList<>();
  private final StringBuilder open;
  private int moves;

  private Packets(List<String> moves, RowLoader loader) {
    this.loader = loader;
    this.open = new StringBuilder(String.join(";", moves));
    this.moves = moves.size();
  }

  /**
   * Puts statements together.
   *
   * @param moves statements that have to affect a row each
   * @param statements what comes after them
   * @param loader runs LOAD DATA; may be null when there is none among them
   */
  static Packets of(List<String> moves, List<PlannedStatement> statements, RowLoader loader) {
    Packets packets = new Packets(moves, loader);
    statements.forEach(packets::add);
    packets.close();
    return packets;
  }

  private void add(PlannedStatement statement) {
    if (statement.loads()) {
      close();
      packets.add(new Packet.Load(statement, loader));
      return;
    }

    String sql = statement.sql();
    if (open.length() + sql.length() > PACKET_CHARS) {
      close();
    }

    if (open.isEmpty() && !statement.lenient() && sql.length() > PACKET_CHARS / 2) {
      packets.add(new Packet.Sql(sql, 0));
    } else {
      append(statement);
    }
  }

  private void append(PlannedStatement statement) {
    if (!open.isEmpty()) {
      open.append(';');
    }

    if (statement.lenient()) {
      open.append(TargetSession.ENTER_LENIENT).append(';');
    }

    open.append(statement.sql());
    if (statement.lenient()) {
      open.append(';').append(TargetSession.LEAVE_LENIENT);
    }
  }

  private void close() {
    if (!open.isEmpty()) {
      packets.add(new Packet.Sql(open.toString(), moves));
      open.setLength(0);
      moves = 0;
    }
  }

  /**
   * Runs them.
   *
   * @throws NotMovedException when a slot is not where it should be
   * @throws Packet.ForgoneException when rows were not loaded as they are
   */
  void run(Statement statement) throws SQLException {
    for (Packet packet : packets) {
      packet.run(statement);
    }
  }
}
