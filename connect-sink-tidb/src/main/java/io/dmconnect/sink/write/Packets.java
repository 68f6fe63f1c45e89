package io.dmconnect.sink.write;

import io.dmconnect.sink.sql.PlannedStatement;
import io.dmconnect.sink.sql.TargetSession;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements put together in few packets: a round trip costs more than a small statement. The
 * progress comes first.
 *
 * @param texts the packets, each of one or more statements
 * @param moves how many statements of the first packet have to affect a row each
 */
record Packets(List<String> texts, int moves) {
  private static final int PACKET_CHARS = 1 << 20;

  /** A slot is not where it should be. */
  static final class NotMovedException extends SQLException {
    private static final long serialVersionUID = 1;

    NotMovedException() {
      super("A progress row is not where it should be");
    }
  }

  static Packets of(List<String> moves, List<PlannedStatement> statements) {
    List<String> texts = new ArrayList<>();
    StringBuilder packet = new StringBuilder(String.join(";", moves));
    for (PlannedStatement statement : statements) {
      if (packet.length() + statement.sql().length() > PACKET_CHARS && !packet.isEmpty()) {
        texts.add(packet.toString());
        packet.setLength(0);
      }

      if (packet.isEmpty() && !statement.lenient() && statement.sql().length() > PACKET_CHARS / 2) {
        texts.add(statement.sql());
        continue;
      }

      append(packet, statement);
    }

    if (!packet.isEmpty()) {
      texts.add(packet.toString());
    }

    return new Packets(texts, moves.size());
  }

  private static void append(StringBuilder packet, PlannedStatement statement) {
    if (!packet.isEmpty()) {
      packet.append(';');
    }

    if (statement.lenient()) {
      packet.append(TargetSession.ENTER_LENIENT).append(';');
    }

    packet.append(statement.sql());
    if (statement.lenient()) {
      packet.append(';').append(TargetSession.LEAVE_LENIENT);
    }
  }

  /**
   * Runs them.
   *
   * @throws NotMovedException when a slot is not where it should be
   */
  void run(Statement statement) throws SQLException {
    int mustAffect = moves;
    for (String text : texts) {
      boolean isRows = statement.execute(text);
      for (int i = 0; isRows || statement.getUpdateCount() != -1; i++) {
        if (i < mustAffect && statement.getUpdateCount() == 0) {
          throw new NotMovedException();
        }

        isRows = statement.getMoreResults();
      }

      mustAffect = 0;
    }
  }
}
