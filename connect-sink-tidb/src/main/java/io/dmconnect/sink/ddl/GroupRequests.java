package io.dmconnect.sink.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.RequestFacts;
import io.dmconnect.model.coordination.RowMove;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlSyntaxException;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.route.Router;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import java.util.List;

/** Makes a member's question of its schema change. Pure; safe for several threads. */
public final class GroupRequests {
  private final Router router;
  private final DdlPlanner planner;

  /** Questions about tables that are routed so. */
  public GroupRequests(Router router) {
    this.router = router;
    this.planner = new DdlPlanner(router, (source, table) -> true);
  }

  /**
   * The question.
   *
   * @param inDoubt whether rows may be left in the merged table that are gone upstream
   */
  public DdlRequest of(DdlWork work, boolean inDoubt) {
    boolean merged = router.route(work.source(), work.event().table()).merge();
    DdlRequest request = request(work).withMerged(merged);
    return inDoubt ? request.withRowMove(RowMove.LEFT_BEHIND) : request;
  }

  private DdlRequest request(DdlWork work) {
    DdlEvent event = work.event();
    MemberId member = new MemberId(work.source(), event.table());
    TableSchema before = event.kind() == DdlKind.CREATE_TABLE ? null : event.before();
    TableSchema after = event.kind() == DdlKind.DROP_TABLE ? null : event.after();
    TableId renamed = event.newTable();
    if (event.kind() == DdlKind.DESELECT_TABLE) {
      return DdlRequest.of(event.id(), member, event.kind(), List.of(), before, null);
    }

    if (renamed != null) {
      return renamed(event, member, new MemberId(work.source(), renamed), before, after);
    }

    List<String> statements = planner.routed(work.source(), event);
    try {
      return RequestFacts.request(
          event.id(),
          member,
          event.kind(),
          statements,
          SqlModes.parse(event.sqlMode()),
          before,
          after);
    } catch (DdlSyntaxException e) {
      return DdlRequest.of(event.id(), member, event.kind(), statements, before, after);
    }
  }

  /** A rename within the group: the merged table keeps its name. */
  private static DdlRequest renamed(
      DdlEvent event, MemberId member, MemberId renamed, TableSchema before, TableSchema after) {
    DdlRequest plain = DdlRequest.of(event.id(), member, event.kind(), List.of(), before, after);
    return new DdlRequest(
        plain.id(),
        member,
        plain.kind(),
        List.of(),
        before,
        after,
        plain.renames(),
        plain.readded(),
        renamed);
  }
}
