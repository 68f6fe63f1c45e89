package io.dmconnect.it.scenario;

import io.dmconnect.coordinator.engine.AuditEntry;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Plays one scenario in one mode. Used by one thread at a time. */
final class ScenarioRun {
  private static final int AUDITED = 1_000;
  private static final Pattern COORDINATED =
      Pattern.compile("(?is)(ALTER TABLE|CREATE (UNIQUE )?INDEX|DROP INDEX)\\b.*");
  private static final Pattern DATABASE_DROPPED =
      Pattern.compile("(?is)DROP (DATABASE|SCHEMA)\\b.*");

  private final ScenarioPipeline pipeline;
  private final Scenario scenario;
  private final Names names;
  private final Tables tables;
  private final GroupProbe group;
  private int at;

  ScenarioRun(ScenarioPipeline pipeline, Scenario scenario) {
    this.pipeline = pipeline;
    this.scenario = scenario;
    this.names = pipeline.names(scenario);
    this.tables = new Tables(scenario, names);
    this.group = new GroupProbe(pipeline, names.target());
  }

  Scenario scenario() {
    return scenario;
  }

  void prepare(Servers servers) {
    tables.create(servers);
  }

  /** Plays all steps, then compares both ends. */
  void play() throws Exception {
    try (Servers servers = Servers.connect(pipeline.stack())) {
      Expectations expectations = new Expectations(pipeline, names, tables, group, servers);
      if (isGrouped()) {
        group.awaitMembers(tables.live().stream().map(names::member).toList());
      }

      play(servers, expectations, scenario.steps());
      expectations.atTheEnd(scenario.compare(pipeline.mode()), isGrouped());
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          scenario.id() + " after step " + at + ": " + e.getMessage() + "\n" + group.describe(), e);
    }
  }

  private boolean isGrouped() {
    return scenario.route() != null;
  }

  private void play(Servers servers, Expectations expectations, List<Step> steps) throws Exception {
    for (Step step : steps) {
      if (step instanceof Step.Only only) {
        if (only.mode() == pipeline.mode()) {
          play(servers, expectations, only.steps());
        }
      } else {
        at++;
        play(servers, expectations, step);
      }
    }
  }

  private void play(Servers servers, Expectations expectations, Step step) throws Exception {
    if (step instanceof Step.Expect expect) {
      expectations.await(expect);
    } else if (step instanceof Step.Operate operate) {
      operate(servers, operate);
    } else if (step instanceof Step.Handle handle) {
      pipeline.handle(handle);
    } else if (step instanceof Step.Configure configure) {
      Map<String, String> keys = new TreeMap<>();
      configure.keys().forEach((key, value) -> keys.put(key, tables.filled(value)));
      pipeline.configure(configure.part(), keys);
    } else if (step instanceof Step.Insert insert) {
      tables.row(servers, tables.shard(insert.shard()));
    } else if (step instanceof Step.OnTarget onTarget) {
      onTarget.statements().forEach(sql -> servers.tidb().run(filled(sql, null)));
    } else {
      change(servers, step);
    }
  }

  private void change(Servers servers, Step step) throws Exception {
    if (step instanceof Step.Run run) {
      for (String statement : run.statements()) {
        run(servers, tables.shard(run.shard()), statement);
        tables.rows(servers);
      }
    } else if (step instanceof Step.Create create) {
      Shard shard = tables.shard(create.shard());
      tables.create(servers, shard, create.definition());
      if (isGrouped()) {
        group.awaitMembers(List.of(names.member(shard)));
      }

      tables.rows(servers);
    } else if (step instanceof Step.Rename rename) {
      rename(servers, rename.names());
      tables.rows(servers);
    } else if (step instanceof Step.Repeat repeat) {
      Shard shard = tables.shard(repeat.shard());
      for (int i = 0; i < repeat.times(); i++) {
        for (String statement : repeat.statements()) {
          servers
              .source(shard.source())
              .run(filled(statement, shard).replace("{i}", Integer.toString(i)));
        }
      }
    } else if (step instanceof Step.Remove remove) {
      remove(servers, tables.shard(remove.shard()), remove.whole());
      tables.rows(servers);
    }
  }

  private void run(Servers servers, Shard shard, String statement) throws Exception {
    MemberId member = names.member(shard);
    boolean waits = isGrouped() && COORDINATED.matcher(statement).matches();
    waits = waits && !pipeline.isStopped(shard.source());
    waits = waits && group.isMember(member) && !group.isWaiting(member);
    Set<String> before = waits ? group.requests(member) : Set.of();
    if (DATABASE_DROPPED.matcher(statement).matches()) {
      for (Shard other : tables.live()) {
        if (names.database(other).equals(names.database(shard))
            && other.source().equals(shard.source())) {
          tables.depart(servers, other, true);
        }
      }
    }

    servers.source(shard.source()).run(filled(statement, shard));
    if (waits) {
      group.awaitAnother(member, before);
    }
  }

  private String filled(String statement, Shard shard) {
    String text = tables.filled(statement);
    return shard == null
        ? text
        : text.replace("{table}", names.table(shard).quoted())
            .replace("{db}", "`" + names.database(shard) + "`");
  }

  private void rename(Servers servers, Map<String, String> newNames) {
    Map<String, Map<Shard, Shard>> bySource = new TreeMap<>();
    newNames.forEach(
        (name, newName) -> {
          Shard shard = tables.shard(name);
          int dot = newName.indexOf('.');
          Shard renamed =
              shard.renamed(
                  dot < 0 ? shard.database() : newName.substring(0, dot),
                  newName.substring(dot + 1));
          bySource
              .computeIfAbsent(shard.source(), key -> new LinkedHashMap<>())
              .put(shard, renamed);
        });
    for (Map<Shard, Shard> renames : bySource.values()) {
      // One that leaves for another merged table may have to wait for an operator.
      List<MemberId> free =
          renames.entrySet().stream()
              .filter(rename -> rename.getValue().table().startsWith("t"))
              .map(rename -> names.member(rename.getKey()))
              .filter(member -> group.isMember(member) && !group.isWaiting(member))
              .toList();
      tables.rename(servers, renames);
      if (isGrouped()) {
        free.forEach(group::awaitGone);
      }
    }
  }

  private void remove(Servers servers, Shard shard, boolean whole) throws Exception {
    MemberId member = names.member(shard);
    boolean waiting = group.isWaiting(member);
    Set<String> before = isGrouped() && !whole && !waiting ? group.requests(member) : Set.of();
    tables.depart(servers, shard, whole);
    servers
        .source(shard.source())
        .run((whole ? "DROP TABLE " : "TRUNCATE TABLE ") + names.table(shard).quoted());
    if (isGrouped() && !waiting && whole) {
      group.awaitGone(member);
    } else if (isGrouped() && !waiting) {
      group.awaitAnother(member, before);
    }
  }

  /** One that takes long is not answered. */
  private AuditEntry audited(String action) {
    return Await.value(
        "the action " + action,
        ScenarioPipeline.LIMIT,
        () ->
            pipeline.coordinator().audit(pipeline.task(), AUDITED).stream()
                .filter(entry -> entry.id().equals(action))
                .findFirst()
                .orElse(null));
  }

  private void operate(Servers servers, Step.Operate operate) throws Exception {
    Exit exit = Exit.valueOf(operate.exit().toUpperCase(Locale.ROOT).replace('-', '_'));
    Shard shard = operate.shard() == null ? null : tables.shard(operate.shard());
    TableId target = operate.own() ? names.table(shard) : names.target();
    if (operate.own()) {
      new GroupProbe(pipeline, target)
          .awaitConflict(names.member(shard), new Step.Conflict(List.of(), Set.of()));
    }

    Coordinator coordinator = pipeline.coordinator();
    OperatorAction action =
        new OperatorAction(
            coordinator.newActionId(),
            exit,
            shard == null ? null : names.member(shard),
            operate.statements().stream().map(sql -> filled(sql, shard)).toList(),
            exit == Exit.ADD_MEMBER ? schema(servers, shard) : null,
            "the scenario",
            coordinator.nowMillis());
    AuditEntry answer = pipeline.act(target, action);
    AuditEntry entry = answer == null ? audited(action.id()) : answer;
    if (!entry.notes().isEmpty()) {
      throw new AssertionError(operate + " was not carried out: " + entry);
    }
  }

  /** A table's definition as the operator would paste it. */
  private TableSchema schema(Servers servers, Shard shard) {
    String sql =
        servers
            .source(shard.source())
            .rows("SHOW CREATE TABLE " + names.table(shard).quoted())
            .get(0)
            .get(1);
    return SchemaEvolution.apply(
        null,
        DdlParser.parse(sql, SqlModes.DEFAULT, names.database(shard)),
        SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31")));
  }
}
