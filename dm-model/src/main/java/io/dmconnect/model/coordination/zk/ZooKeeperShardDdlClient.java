package io.dmconnect.model.coordination.zk;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.TaskJson;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.schema.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The sink's part, on ZooKeeper. */
public final class ZooKeeperShardDdlClient implements ShardDdlClient {
  private final Session session;
  private final String owner;
  private final Map<MemberId, MemberSlot> slots = new HashMap<>();
  private final Map<TableId, DecisionWatch> watches = new HashMap<>();

  /**
   * Begins to connect; returns at once.
   *
   * @param participant the sink task's name, unique within the DM task
   */
  public ZooKeeperShardDdlClient(
      ZooKeeperSettings settings, CoordinationPaths paths, String participant) {
    this.session = new Session(settings, paths, participant, this::syncAll);
    this.owner = participant + "#" + UUID.randomUUID();
  }

  @Override
  public void configure(TaskSettings settings) {
    session.state(session.paths().settings(), TaskJson.write(settings));
  }

  @Override
  public synchronized void follow(
      TableId target, MemberId member, TableSchema found, ShardDdlListener listener) {
    requireNonNull(listener, "listener is null");
    Decision known = decision(member);
    unfollow(member);
    GroupPaths group = session.paths().group(target);
    MemberSlot slot = new MemberSlot(session, group, member, owner, found, listener, known);
    slots.put(member, slot);
    watches.computeIfAbsent(target, t -> new DecisionWatch(session, group, this::decisionChanged));
    slot.sync();
  }

  @Override
  public synchronized void unfollow(MemberId member) {
    MemberSlot slot = slots.remove(member);
    if (slot == null) {
      return;
    }

    slot.end();
    TableId target = slot.target();
    if (slots.values().stream().noneMatch(other -> other.target().equals(target))) {
      watches.remove(target).close();
    }
  }

  @Override
  public void submit(DdlRequest request) {
    slot(request.member()).request(request);
  }

  @Override
  public void announce(MemberId member, TableSchema schema) {
    slot(member).request(DdlRequest.joins(member, schema));
  }

  @Override
  public void leave(MemberId member) {
    slot(member).request(DdlRequest.leaves(member, UUID.randomUUID().toString()));
  }

  @Override
  public void report(Input.ExecutionReported report) {
    slot(report.member()).report(report);
  }

  @Override
  public synchronized Decision decision(MemberId member) {
    MemberSlot slot = slots.get(member);
    return slot == null ? null : slot.decision();
  }

  @Override
  public void status(ParticipantStatus status) {
    session.status(status);
  }

  @Override
  public void close() {
    List<MemberSlot> ended;
    synchronized (this) {
      ended = List.copyOf(slots.values());
      slots.clear();
      watches.values().forEach(DecisionWatch::close);
      watches.clear();
    }

    // Without the lock: a slot has one of its own.
    ended.forEach(MemberSlot::end);
    session.close();
  }

  private synchronized MemberSlot slot(MemberId member) {
    MemberSlot slot = slots.get(member);
    if (slot == null) {
      throw new IllegalStateException("The member " + member + " is not followed");
    }

    return slot;
  }

  private synchronized void decisionChanged(MemberId member) {
    MemberSlot slot = slots.get(member);
    if (slot != null) {
      slot.sync();
    }
  }

  private void syncAll() {
    List<MemberSlot> all;
    synchronized (this) {
      all = List.copyOf(slots.values());
    }

    all.forEach(MemberSlot::sync);
  }
}
