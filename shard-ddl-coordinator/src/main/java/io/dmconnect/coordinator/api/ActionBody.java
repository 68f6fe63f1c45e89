package io.dmconnect.coordinator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.DdlStatement;
import io.dmconnect.model.ddl.DdlSyntaxException;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.SchemaEvolutionException;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An operator's command as the body of a request. */
final class ActionBody {
  /** What can be about the group itself. */
  private static final Set<Exit> ON_GROUP =
      EnumSet.of(Exit.EXECUTE, Exit.SKIP, Exit.REPLACE, Exit.RELEASE);

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final SchemaDefaults DEFAULTS =
      SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31"));

  /**
   * The command of a body.
   *
   * @throws ApiException when something is missing or wrong
   */
  static OperatorAction parse(String body, String id, String operator, long atMillis) {
    JsonNode node = read(body);
    Exit exit = exit(node);
    MemberId member = member(node.path("member"));
    if (member == null && !ON_GROUP.contains(exit)) {
      throw new ApiException(400, exit + " needs a member: {source, schema, table}");
    }

    List<String> statements = new ArrayList<>();
    node.path("statements").forEach(item -> statements.add(item.asText()));
    if (exit == Exit.REPLACE && statements.stream().allMatch(String::isBlank)) {
      throw new ApiException(400, "REPLACE needs statements, with the merged table's name");
    }

    boolean stated = exit == Exit.ADD_MEMBER || exit == Exit.SET_SCHEMA;
    TableSchema schema = stated ? schema(node, exit, member) : null;
    String request = node.path("request").textValue();
    return new OperatorAction(id, exit, member, request, statements, schema, operator, atMillis);
  }

  private static JsonNode read(String body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new ApiException(400, "The body is not JSON: " + e.getOriginalMessage());
    }

    throw new ApiException(400, "The body must be a JSON object");
  }

  private static Exit exit(JsonNode node) {
    String name = node.path("exit").asText().toUpperCase(Locale.ROOT);
    return Arrays.stream(Exit.values())
        .filter(exit -> exit.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ApiException(
                    400,
                    "'exit' must be one of " + Arrays.toString(Exit.values()) + ", not: " + name));
  }

  private static MemberId member(JsonNode node) {
    if (!node.isObject()) {
      return null;
    }

    String source = node.path("source").textValue();
    String schema = node.path("schema").textValue();
    String table = node.path("table").textValue();
    if (source == null || schema == null || table == null) {
      throw new ApiException(400, "A member is stated by source, schema and table");
    }

    return MemberId.of(source, schema, table);
  }

  private static TableSchema schema(JsonNode node, Exit exit, MemberId member) {
    String sql = node.path("create_table").textValue();
    if (sql == null) {
      throw new ApiException(400, exit + " needs 'create_table', the table's CREATE TABLE");
    }

    try {
      DdlStatement statement = DdlParser.parse(sql, SqlModes.DEFAULT, member.table().schema());
      if (!(statement instanceof DdlStatement.CreateTable)) {
        throw new ApiException(400, "'create_table' is no CREATE TABLE statement");
      }

      return SchemaEvolution.apply(null, statement, DEFAULTS);
    } catch (DdlSyntaxException | SchemaEvolutionException e) {
      throw new ApiException(400, "'create_table' cannot be read: " + e.getMessage());
    }
  }

  private ActionBody() {}
}
