package io.dmconnect.coordinator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.coordinator.engine.AuditEntry;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.coordinator.engine.TaskSnapshot;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.OperatorAction;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/** What the API answers about tasks, and the actions it takes. */
final class Routes {
  /** The request attribute that holds who sent it. */
  static final String OPERATOR = "operator";

  private static final String TASK = "/api/v1/tasks/{task}";
  private static final String GROUP = TASK + "/groups/{schema}/{table}";
  private static final int DEFAULT_AUDIT = 100;
  private static final int MAX_AUDIT = 1_000;

  private final Coordinator coordinator;

  Routes(Coordinator coordinator) {
    this.coordinator = coordinator;
  }

  void addTo(Javalin server) {
    server.get("/api/v1/coordinators", this::coordinators);
    server.get("/api/v1/tasks", this::tasks);
    server.get(TASK, this::task);
    server.get(TASK + "/groups", this::groups);
    server.get(GROUP, this::group);
    server.get(GROUP + "/members/{source}/{memberSchema}/{memberTable}", this::member);
    server.post(GROUP + "/actions", this::act);
    server.get(TASK + "/status", this::status);
    server.get(TASK + "/audit", this::audit);
    server.get(TASK + "/check", this::check);
    server.post(TASK + "/check", this::askForCheck);
    server.delete(TASK + "/sources/{source}", this::forgetSource);
  }

  private void coordinators(Context context) throws Exception {
    ObjectNode node = JsonNodes.object().put("leader", coordinator.leaderUrl());
    JsonNodes.put(node, "all", coordinator.candidates());
    ApiServer.answer(context, node);
  }

  private void tasks(Context context) {
    ApiServer.answer(
        context, TaskViews.tasks(coordinator.tasks().values(), coordinator.nowMillis()));
  }

  private void task(Context context) {
    ApiServer.answer(context, TaskViews.task(taskOf(context), coordinator.nowMillis()));
  }

  private void groups(Context context) {
    ApiServer.answer(context, TaskViews.groups(taskOf(context), coordinator.nowMillis()));
  }

  private void group(Context context) throws Exception {
    GroupView view = view(context);
    ObjectNode node = view.details();
    List<String> away = new ArrayList<>();
    for (String source : view.sources()) {
      if (!coordinator.isConnected(taskOf(context).task(), source)) {
        away.add(source);
      }
    }

    JsonNodes.put(node, "sources_away", away);
    ApiServer.answer(context, node);
  }

  private void member(Context context) {
    MemberId member =
        MemberId.of(
            context.pathParam("source"),
            context.pathParam("memberSchema"),
            context.pathParam("memberTable"));
    ObjectNode node = view(context).member(member);
    if (node == null) {
      throw new ApiException(404, "The group has no member " + member);
    }

    ApiServer.answer(context, node);
  }

  private void act(Context context) throws Exception {
    TaskSnapshot task = taskOf(context);
    TableId target = target(context);
    groupOf(task, target);
    String operator = context.attribute(OPERATOR);
    OperatorAction action =
        ActionBody.parse(
            context.body(), coordinator.newActionId(), operator, coordinator.nowMillis());
    AuditEntry entry = coordinator.act(task.task(), target, action);
    if (entry == null) {
      context.status(202);
      ApiServer.answer(context, JsonNodes.object().put("id", action.id()));
    } else {
      ApiServer.answer(context, TaskViews.audit(entry));
    }
  }

  private void status(Context context) throws Exception {
    String task = taskOf(context).task();
    ApiServer.answer(context, TaskViews.statuses(coordinator.statuses(task)));
  }

  private void check(Context context) {
    ApiServer.answer(context, CheckViews.check(taskOf(context)));
  }

  private void askForCheck(Context context) throws Exception {
    long number = coordinator.askForCheck(taskOf(context).task(), context.attribute(OPERATOR));
    context.status(202);
    ApiServer.answer(context, JsonNodes.object().put("number", number));
  }

  private void audit(Context context) throws Exception {
    int limit = limit(context.queryParam("limit"));
    String task = taskOf(context).task();
    ApiServer.answer(context, TaskViews.audit(coordinator.audit(task, limit)));
  }

  private static int limit(String text) {
    int limit;
    try {
      limit = text == null ? DEFAULT_AUDIT : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      limit = 0;
    }

    if (limit < 1 || limit > MAX_AUDIT) {
      throw new ApiException(
          400, "'limit' must be a number from 1 to " + MAX_AUDIT + ", not: " + text);
    }

    return limit;
  }

  private void forgetSource(Context context) throws Exception {
    String task = taskOf(context).task();
    String source = context.pathParam("source");
    if (coordinator.isConnected(task, source)) {
      throw new ApiException(
          409,
          "The source "
              + source
              + " is connected and would state its tables again; delete its connector first");
    }

    String operator = context.attribute(OPERATOR);
    if (!coordinator.forgetSource(task, source, operator)) {
      throw new ApiException(404, "The task " + task + " has no source " + source);
    }

    context.status(204);
  }

  private TaskSnapshot taskOf(Context context) {
    String name = context.pathParam("task");
    TaskSnapshot task = coordinator.tasks().get(name);
    if (task == null) {
      throw new ApiException(404, "There is no task " + name);
    }

    return task;
  }

  private GroupView view(Context context) {
    return new GroupView(groupOf(taskOf(context), target(context)), coordinator.nowMillis());
  }

  private static TableId target(Context context) {
    return new TableId(context.pathParam("schema"), context.pathParam("table"));
  }

  private static TaskSnapshot.Group groupOf(TaskSnapshot task, TableId target) {
    TaskSnapshot.Group group = task.groups().get(target);
    if (group == null) {
      throw new ApiException(404, "The task " + task.task() + " has no group " + target);
    }

    return group;
  }
}
