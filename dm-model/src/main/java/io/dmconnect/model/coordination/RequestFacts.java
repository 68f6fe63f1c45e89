package io.dmconnect.model.coordination;

import io.dmconnect.model.ddl.AlterSpec;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.DdlStatement;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.ddl.SqlTokenizer;
import io.dmconnect.model.ddl.Token;
import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.model.schema.TableSchemaJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a request's statements say beyond the schemas before and after them. */
public final class RequestFacts {

  /**
   * A request with its renamed and re-added columns, and what becomes of its rows, read from the
   * statements.
   *
   * @param statements the statements with the table's name routed
   * @param modes the {@code sql_mode} they were written under
   * @throws io.dmconnect.model.ddl.DdlSyntaxException when a statement cannot be parsed
   */
  public static DdlRequest request(
      String id,
      MemberId member,
      DdlKind kind,
      List<String> statements,
      SqlModes modes,
      TableSchema before,
      TableSchema after) {
    NavigableMap<String, String> renames = new TreeMap<>();
    NavigableSet<String> dropped = new TreeSet<>();
    NavigableSet<String> added = new TreeSet<>();
    RowMove move = RowMove.NONE;
    for (String sql : statements) {
      DdlStatement statement = DdlParser.parse(sql, modes, member.table().schema());
      if (statement instanceof DdlStatement.AlterTable alter) {
        NavigableMap<String, String> own = new TreeMap<>();
        alter.specs().forEach(spec -> collect(spec, own, dropped, added));
        follow(renames, own);
        for (AlterSpec spec : alter.specs()) {
          RowMove one = RowMove.of(spec, sql, modes, member.table().schema());
          move = one.compareTo(move) > 0 ? one : move;
        }
      }
    }

    NavigableSet<String> readded = new TreeSet<>(added);
    readded.retainAll(dropped);
    readded.removeIf(name -> before == null || before.column(name).isEmpty());
    readded.removeIf(name -> after == null || after.column(name).isEmpty());
    renames.entrySet().removeIf(entry -> entry.getKey().equals(lower(entry.getValue())));
    return new DdlRequest(id, member, kind, statements, before, after, renames, readded, null)
        .withRowMove(move);
  }

  /**
   * A text that is equal for requests that mean the same change: the same statements, blanks,
   * letter case and quotes of names aside, with the same schema after. One that may leave rows
   * behind is about its own member's rows and equal to no other.
   */
  static String signature(DdlRequest request) {
    StringBuilder text = new StringBuilder(request.kind().name());
    request.statements().forEach(sql -> text.append('\n').append(normalised(sql)));
    TableSchema after = request.after();
    text.append('\n');
    if (after != null) {
      text.append(TableSchemaJson.write(SchemaComparison.canonical(after)));
    }

    if (request.rowMove() == RowMove.LEFT_BEHIND) {
      text.append('\n').append(request.member());
    }

    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  static List<String> normalised(List<String> statements) {
    return statements.stream().map(RequestFacts::normalised).toList();
  }

  /** The statement with one blank between tokens, words and names in upper case, no quotes. */
  static String normalised(String sql) {
    StringBuilder text = new StringBuilder(sql.length());
    for (Token token : SqlTokenizer.tokenize(sql, SqlModes.DEFAULT)) {
      if (!text.isEmpty()) {
        text.append(' ');
      }

      text.append(
          token.isIdentifier() ? token.identifier().toUpperCase(Locale.ROOT) : token.text());
    }

    return text.toString();
  }

  private static void collect(
      AlterSpec spec,
      NavigableMap<String, String> renames,
      NavigableSet<String> dropped,
      NavigableSet<String> added) {
    if (spec instanceof AlterSpec.DropColumn drop) {
      dropped.add(lower(drop.name()));
    } else if (spec instanceof AlterSpec.AddColumn add) {
      added.add(lower(add.column().name()));
    } else if (spec instanceof AlterSpec.RenameColumn rename) {
      renames.put(lower(rename.from()), rename.to());
    } else if (spec instanceof AlterSpec.ChangeColumn change) {
      renames.put(lower(change.oldName()), change.column().name());
    }
  }

  /** Adds a statement's renames to those of the statements before it. */
  private static void follow(
      NavigableMap<String, String> renames, NavigableMap<String, String> next) {
    renames.replaceAll((from, to) -> next.containsKey(lower(to)) ? next.remove(lower(to)) : to);
    renames.putAll(next);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private RequestFacts() {}
}
