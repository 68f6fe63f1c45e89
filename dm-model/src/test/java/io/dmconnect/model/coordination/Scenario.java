package io.dmconnect.model.coordination;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays a scenario: shards A, B, … make changes, operators give commands, executions are reported
 * as done at once. Each decision becomes a line.
 */
final class Scenario {
  private static final String ALTER = "ALTER TABLE `shop`.`orders` ";
  private static final SchemaDefaults DEFAULTS =
      SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31"));

  private final Map<MemberId, TableSchema> schemas = new TreeMap<>();
  private final Map<MemberId, DdlRequest> open = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();
  private GroupState state;
  private String failure;
  private boolean merged = true;
  private int ids;

  /**
   * @param found the columns of a merged table made by hand; null when there is none
   */
  Scenario(GroupMode mode, String found) {
    TableSchema table = found == null ? null : schema(createTable(found));
    state = GroupState.start(GroupConfig.of(World.TARGET, mode, List.of()), table);
  }

  /** The tables' route merges them with no other. */
  void unmerged() {
    merged = false;
  }

  /** Makes a shard's table; its first rows follow. */
  void start(String shard, String table) {
    create(shard, table);
    lines.clear();
  }

  /** Plays a step and tells what was decided. */
  List<String> step(String step) {
    lines.clear();
    String[] words = step.split("\\s+", 2);
    if (step.startsWith("operator ")) {
      operate(step.split("\\s+", 4));
    } else if (step.startsWith("the next execution fails: ")) {
      failure = step.substring(step.indexOf(':') + 2);
    } else if (step.endsWith(" leaves")) {
      decide(new Input.MemberLeaves(member(words[0])));
    } else {
      String shard = step.substring(0, step.indexOf(':'));
      String sql = step.substring(step.indexOf(':') + 1).strip();
      change(shard, sql);
    }

    return List.copyOf(lines);
  }

  TableSchema target() {
    return state.target();
  }

  GroupState state() {
    return state;
  }

  private void change(String shard, String sql) {
    MemberId member = member(shard);
    TableSchema before = schemas.get(member);
    if (sql.startsWith("CREATE ")) {
      create(shard, sql.substring("CREATE ".length()));
      return;
    }

    DdlRequest request;
    if (sql.equals("DROP TABLE") || sql.equals("TRUNCATE TABLE")) {
      DdlKind kind = sql.startsWith("DROP") ? DdlKind.DROP_TABLE : DdlKind.TRUNCATE_TABLE;
      TableSchema after = kind == DdlKind.DROP_TABLE ? null : before;
      request = DdlRequest.of(id(), member, kind, List.of(sql + " t"), before, after);
    } else if (sql.equals("DESELECT TABLE")) {
      request = DdlRequest.of(id(), member, DdlKind.DESELECT_TABLE, List.of(), before, null);
    } else if (sql.startsWith("RENAME TABLE TO ")) {
      String name = sql.substring("RENAME TABLE TO ".length());
      List<String> rename = List.of("RENAME TABLE `shop`.`orders` TO `shop`.`" + name + "`");
      request = DdlRequest.of(id(), member, DdlKind.RENAME_TABLE, rename, before, null);
    } else {
      String text = ALTER + sql;
      TableSchema after =
          SchemaEvolution.apply(before, DdlParser.parse(text, SqlModes.DEFAULT, "shop"), DEFAULTS);
      request =
          RequestFacts.request(
              id(), member, DdlKind.ALTER_TABLE, List.of(text), SqlModes.DEFAULT, before, after);
    }

    ask(request);
  }

  private void ask(DdlRequest request) {
    DdlRequest routed = request.withMerged(merged);
    open.put(routed.member(), routed);
    decide(new Input.RequestArrives(routed));
  }

  private void create(String shard, String table) {
    MemberId member = member(shard);
    String sql = createTable(table);
    DdlRequest request =
        DdlRequest.of(id(), member, DdlKind.CREATE_TABLE, List.of(sql), null, schema(sql));
    ask(request);
  }

  private void operate(String[] words) {
    Exit exit = Exit.valueOf(words[1]);
    MemberId member = words.length > 2 && !words[2].equals("-") ? member(words[2]) : null;
    List<String> statements = words.length > 3 ? List.of(words[3]) : List.of();
    decide(
        new Input.OperatorActs(new OperatorAction(id(), exit, member, statements, null, "ops", 0)));
  }

  private void decide(Input input) {
    Outcome outcome = Decider.decide(state, input);
    state = outcome.state();
    Map<MemberId, Decision> decisions = new TreeMap<>(outcome.decisions());
    decisions.forEach(
        (member, decision) -> {
          boolean turn =
              decision instanceof Decision.Wait wait && wait.exits().contains(Exit.RELEASE);
          if (!turn) {
            lines.add(line(member, decision));
          }
        });
    decisions.forEach(this::obey);
  }

  private void obey(MemberId member, Decision decision) {
    if (decision instanceof Decision.Execute execute) {
      String error = failure;
      failure = null;
      int executed = error == null ? execute.statements().size() : 0;
      decide(new Input.ExecutionReported(member, execute.executionId(), executed, error, null));
    } else if (decision instanceof Decision.Skip) {
      DdlRequest request = open.remove(member);
      if (request != null && request.after() != null) {
        schemas.put(member, request.after());
      }
    }
  }

  private static String line(MemberId member, Decision decision) {
    String name = member.table().table() + " ";
    if (decision instanceof Decision.Execute execute) {
      String sql = String.join(" ; ", execute.statements());
      return name
          + "EXECUTE "
          + sql.replace(ALTER, "")
              .replace("`shop`.`orders`", "t")
              .replace("`", "")
              .replaceAll("\\s+", " ");
    } else if (decision instanceof Decision.Wait wait) {
      String others = String.join(" ", wait.waitsFor()).replaceAll("s/shop\\.", "");
      return name + "WAIT " + others;
    } else if (decision instanceof Decision.Conflict conflict) {
      String sides =
          conflict.theirs() == null
              ? conflict.reason()
              : conflict.mine() + " <> " + conflict.theirs();
      return name + "CONFLICT " + sides.replace(ALTER, "").replace("`", "");
    }

    Decision.Skip skip = (Decision.Skip) decision;
    String fit = skip.fit() == RowFit.FITS ? "" : " " + skip.fit();
    return name + "GO" + fit;
  }

  private static String createTable(String columns) {
    return "CREATE TABLE `shop`.`orders` (" + columns + ")";
  }

  private static TableSchema schema(String sql) {
    return SchemaEvolution.apply(null, DdlParser.parse(sql, SqlModes.DEFAULT, "shop"), DEFAULTS);
  }

  private String id() {
    return "r" + ids++;
  }

  private static MemberId member(String shard) {
    return new MemberId("s", new TableId("shop", shard));
  }
}
