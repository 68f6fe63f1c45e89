package io.dmconnect.sink.shard;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decider;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Execution;
import io.dmconnect.model.coordination.GroupConfig;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.Outcome;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.coordination.zk.ShardDdlListener;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real decisions of one group without a service. What a client states is taken at once, unless
 * the coordinator is down; then when it is up again.
 */
final class FakeCoordinator {
  private final Map<MemberId, ShardDdlListener> listeners = new HashMap<>();
  private final Map<MemberId, Decision> decisions = new HashMap<>();
  private final Deque<Input> inbox = new ArrayDeque<>();
  private GroupState state;
  private boolean down;
  private boolean deciding;
  private boolean reportsLost;

  FakeCoordinator(TableId target, GroupMode mode) {
    state = GroupState.start(GroupConfig.of(target, mode, List.of()), null);
  }

  GroupState state() {
    return state;
  }

  /** Whether somebody speaks for the member. */
  boolean follows(MemberId member) {
    return listeners.containsKey(member);
  }

  /** States are kept but not looked at. */
  void goDown() {
    down = true;
  }

  /** Whether reports never arrive, as when their writer is killed with them. */
  void dropReports(boolean lost) {
    reportsLost = lost;
  }

  void comeUp() {
    down = false;
    decideAll();
  }

  void take(Input input) {
    inbox.add(input);
    decideAll();
  }

  private void decideAll() {
    if (down || deciding) {
      return;
    }

    deciding = true;
    while (!inbox.isEmpty()) {
      Outcome outcome = Decider.decide(state, inbox.poll());
      state = outcome.state();
      decisions.putAll(outcome.decisions());
      decisions.entrySet().removeIf(this::isOver);
      outcome.decisions().forEach(this::tell);
    }

    deciding = false;
  }

  /** What the coordinator takes away from where the sinks read it. */
  private boolean isOver(Map.Entry<MemberId, Decision> told) {
    Execution now = state.core().inFlight();
    return told.getValue() instanceof Decision.Execute execute
        && (now == null
            || !now.id().equals(execute.executionId())
            || !now.executor().equals(told.getKey()));
  }

  private void tell(MemberId member, Decision decision) {
    ShardDdlListener listener = listeners.get(member);
    if (listener != null) {
      listener.decided(member, decision);
    }
  }

  /** A client of it; all clients share the tree. */
  ShardDdlClient client() {
    return new ShardDdlClient() {
      @Override
      public void configure(TaskSettings settings) {}

      @Override
      public void follow(
          TableId target, MemberId member, TableSchema found, ShardDdlListener listener) {
        listeners.put(member, listener);
        if (decisions.containsKey(member)) {
          listener.decided(member, decisions.get(member));
        }
      }

      @Override
      public void unfollow(MemberId member) {
        listeners.remove(member);
      }

      @Override
      public void submit(DdlRequest request) {
        take(request.input());
      }

      @Override
      public void announce(MemberId member, TableSchema schema) {
        take(DdlRequest.joins(member, schema).input());
      }

      @Override
      public void leave(MemberId member) {
        take(new Input.MemberLeaves(member));
      }

      @Override
      public void report(Input.ExecutionReported report) {
        if (!reportsLost) {
          take(report);
        }
      }

      @Override
      public Decision decision(MemberId member) {
        return decisions.get(member);
      }

      @Override
      public void status(ParticipantStatus status) {}

      @Override
      public void close() {}
    };
  }
}
