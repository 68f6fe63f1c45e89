package io.dmconnect.sink.shard;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ErrorClass;
import io.dmconnect.model.route.Route;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.ddl.Background;
import io.dmconnect.sink.ddl.GroupRequests;
import io.dmconnect.sink.ddl.ShardGate;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.engine.PartitionListener;
import io.dmconnect.sink.error.SinkError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shard groups' members whose topics this task reads: speaks for each to the coordinator, as
 * long as the task has its partition. Only partition 0 of a topic speaks. Safe for several threads;
 * nothing of it blocks the task's own.
 */
public final class ShardGroups implements ShardGate, PartitionListener {
  private static final Logger LOG = LoggerFactory.getLogger(ShardGroups.class);
  private static final long PAUSE_MILLIS = 5_000;

  private final GroupRoutes routes;
  private final GroupRequests requests;
  private final ShardDdlClient client;
  private final ExecutionRunner executions;
  private final MergedTables tables;
  private final MemberStore store;
  private final PassedOverNotes notes;
  private final BiFunction<String, Integer, TableSchema> schemas;
  private final Background background;
  private final Map<TopicPartition, Long> epochs = new HashMap<>();
  private final Map<TopicPartition, MemberDesk> desks = new HashMap<>();
  private Consumer<TableId> changed = target -> {};

  /**
   * The groups of a task.
   *
   * @param notes what is passed over of members' rows
   * @param schemas the upstream definition of a topic's partition; gives null when unknown
   * @param background where what takes time is done
   */
  public ShardGroups(
      GroupRoutes routes,
      ShardDdlClient client,
      ExecutionRunner executions,
      MergedTables tables,
      MemberStore store,
      PassedOverNotes notes,
      BiFunction<String, Integer, TableSchema> schemas,
      Background background) {
    this.routes = requireNonNull(routes, "routes is null");
    this.requests = new GroupRequests(routes.router());
    this.client = requireNonNull(client, "client is null");
    this.executions = requireNonNull(executions, "executions is null");
    this.tables = requireNonNull(tables, "tables is null");
    this.store = requireNonNull(store, "store is null");
    this.notes = requireNonNull(notes, "notes is null");
    this.schemas = requireNonNull(schemas, "schemas is null");
    this.background = requireNonNull(background, "background is null");
  }

  /** Whom to tell of merged tables that changed; called on any thread. */
  public synchronized void onChange(Consumer<TableId> listener) {
    changed = requireNonNull(listener, "listener is null");
  }

  private void tellChanged(TableId target) {
    Consumer<TableId> listener;
    synchronized (this) {
      listener = changed;
    }

    listener.accept(target);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public boolean isGrouped(String source, TableId table) {
    return routes.isGrouped(source, table);
  }

  @Override
  public CompletableFuture<String> pass(DdlWork work, boolean inDoubt) {
    MemberId member = new MemberId(work.source(), work.event().table());
    store.save(work.partition(), member);
    DdlRequest request = requests.of(work, inDoubt);
    boolean grouped = isGrouped(member.source(), member.table());
    CompletableFuture<String> answer =
        desk(work.partition(), member)
            .ask(work.epoch(), grouped ? request : request.asAlone(), work.event());
    return work.event().kind() == DdlKind.DESELECT_TABLE
        ? answer.thenApplyAsync(
            note -> {
              store.remove(work.partition(), work.epoch());
              return note;
            },
            background)
        : answer;
  }

  @Override
  public void renamed(DdlWork work) {
    seen(work.partition(), work.source(), work.event().newTable());
  }

  @Override
  public void opened(Map<TopicPartition, Long> opened) {
    synchronized (this) {
      epochs.putAll(opened);
      opened.keySet().forEach(this::giveUp);
    }

    Map<TopicPartition, Long> taken = Map.copyOf(opened);
    background.execute(() -> announceKnown(taken));
  }

  @Override
  public void seen(TopicPartition partition, String source, TableId table) {
    if (partition.partition() != 0 || !routes.isGrouped(source, table)) {
      return;
    }

    Long epoch;
    synchronized (this) {
      epoch = epochs.get(partition);
    }

    if (epoch != null) {
      MemberId member = new MemberId(source, table);
      background.execute(() -> tryToAnnounce(partition, epoch, member));
    }
  }

  /** Announces the members that are known of partitions taken over. */
  private void announceKnown(Map<TopicPartition, Long> opened) {
    Map<TopicPartition, Long> owned = new HashMap<>(opened);
    synchronized (this) {
      owned.entrySet().retainAll(epochs.entrySet());
    }

    if (!owned.isEmpty()) {
      guarded(
          "Read the members of " + owned.keySet(),
          () ->
              store
                  .load(owned.keySet())
                  .forEach(
                      (partition, member) ->
                          tryToAnnounce(partition, owned.get(partition), member)),
          () -> announceKnown(owned));
    }
  }

  private void tryToAnnounce(TopicPartition partition, long epoch, MemberId member) {
    guarded(
        "Announce " + member + " of " + partition,
        () -> announce(partition, epoch, member),
        () -> tryToAnnounce(partition, epoch, member));
  }

  /** Does something, again after a pause if the error may pass. */
  private void guarded(String what, Runnable work, Runnable again) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (e instanceof DmException known && known.code() == SinkError.FENCED) {
        LOG.info("{}: another task has the partition now", what);
      } else if (e instanceof DmException known
          && known.code().errorClass() == ErrorClass.RETRIABLE) {
        LOG.warn("{}: failed, trying again in {} ms", what, PAUSE_MILLIS, e);
        background.later(again, PAUSE_MILLIS);
      } else {
        LOG.error(
            "{}: failed; done at the table's next schema change or when the task is restarted",
            what,
            e);
      }
    }
  }

  /** Tells the coordinator of a table that is there, unless the partition was given up. */
  private void announce(TopicPartition partition, long epoch, MemberId member) {
    TableSchema schema = schemas.apply(partition.topic(), partition.partition());
    boolean known;
    synchronized (this) {
      known = !Long.valueOf(epoch).equals(epochs.get(partition)) || desks.containsKey(partition);
    }

    if (known || schema == null || !routes.isGrouped(member.source(), member.table())) {
      return;
    }

    store.save(partition, member);
    desk(partition, member).announce(schema);
  }

  /**
   * The desk of a member, made when there is none.
   *
   * @throws DmException when the partition was closed meanwhile
   */
  private MemberDesk desk(TopicPartition partition, MemberId member) {
    synchronized (this) {
      MemberDesk desk = desks.get(partition);
      if (desk != null && desk.member().equals(member)) {
        return desk;
      }
    }

    Route route = routes.route(member.source(), member.table());
    TableSchema found = tables.read(route.target());
    synchronized (this) {
      MemberDesk desk = desks.get(partition);
      if (desk == null || !desk.member().equals(member)) {
        giveUp(partition);
        Long epoch = epochs.get(partition);
        if (epoch == null) {
          throw new DmException(SinkError.FENCED, "The task gave up " + partition + " meanwhile");
        }

        MemberDesk.Place place =
            new MemberDesk.Place(
                partition,
                epoch,
                member,
                route.target(),
                !route.columns().isEmpty(),
                isGrouped(member.source(), member.table()));
        MemberRuns runs = new MemberRuns(place, client, executions, tables);
        desk = new MemberDesk(place, found, client, runs, notes, background, this::tellChanged);
        desks.put(partition, desk);
        desk.open();
      }

      return desk;
    }
  }

  @Override
  public synchronized void closed(Collection<TopicPartition> closed) {
    closed.forEach(
        partition -> {
          epochs.remove(partition);
          giveUp(partition);
        });
  }

  private void giveUp(TopicPartition partition) {
    MemberDesk desk = desks.remove(partition);
    if (desk != null) {
      desk.close();
    }
  }

  /** What each member that waits waits for, by member; for people. */
  public NavigableMap<String, String> waiting() {
    List<MemberDesk> all;
    synchronized (this) {
      all = new ArrayList<>(desks.values());
    }

    NavigableMap<String, String> waiting = new TreeMap<>();
    for (MemberDesk desk : all) {
      String standing = desk.standing();
      if (standing != null) {
        waiting.put(desk.member().toString(), standing);
      }
    }

    return waiting;
  }

  /** The merged tables of this task's members. */
  public synchronized Collection<TableId> targets() {
    return desks.values().stream().map(MemberDesk::target).distinct().toList();
  }
}
