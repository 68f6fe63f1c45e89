package io.dmconnect.model.ddl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The cases of {@code evolution.sql}. */
final class EvolutionCases {
  private EvolutionCases() {}

  /**
   * One sequence of statements.
   *
   * @param name what it is about
   * @param schemaOptions the options of its schema
   * @param variables session variables, values as SQL text
   * @param only a part of the version of the servers it is for; empty for all
   * @param statements the statements in order
   */
  record Case(
      String name,
      String schemaOptions,
      Map<String, String> variables,
      String only,
      List<String> statements) {

    boolean isFor(String version) {
      return version.toLowerCase(Locale.ROOT).contains(only);
    }

    SqlModes modes() {
      return SqlModes.parse(variables.getOrDefault("sql_mode", "").replace("'", ""));
    }

    SchemaDefaults defaults(String version) {
      ServerTraits server = ServerTraits.ofVersion(version);
      if (variables.getOrDefault("explicit_defaults_for_timestamp", "ON").equals("OFF")) {
        server = server.withExplicitDefaultsForTimestamp(false);
      }
      DdlStatement.CreateDatabase schema =
          (DdlStatement.CreateDatabase)
              DdlParser.parse("CREATE DATABASE d " + schemaOptions, SqlModes.DEFAULT, null);
      return SchemaDefaults.ofCharset("utf8mb4", server).with(schema.options());
    }
  }

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String block : text("evolution.sql").split("(?m)^-- case: ", -1)) {
      if (!block.startsWith("--")) {
        cases.add(parse(block));
      }
    }
    return cases;
  }

  private static Case parse(String block) {
    List<String> lines = block.lines().toList();
    String schemaOptions = "CHARACTER SET utf8mb4";
    Map<String, String> variables = new LinkedHashMap<>();
    String only = "";
    StringBuilder statement = new StringBuilder();
    List<String> statements = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("-- set: ")) {
        String[] parts = line.substring("-- set: ".length()).split(" = ", 2);
        variables.put(parts[0], parts[1]);
      } else if (line.startsWith("-- schema: ")) {
        schemaOptions = line.substring("-- schema: ".length());
      } else if (line.startsWith("-- only: ")) {
        only = line.substring("-- only: ".length());
      } else if (line.endsWith(";")) {
        statements.add(statement.append(line, 0, line.length() - 1).toString());
        statement.setLength(0);
      } else if (!line.isBlank()) {
        statement.append(line).append('\n');
      }
    }
    return new Case(lines.get(0), schemaOptions, variables, only, statements);
  }

  /** A resource beside this class, as text. */
  static String text(String name) {
    try (InputStream in = EvolutionCases.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
