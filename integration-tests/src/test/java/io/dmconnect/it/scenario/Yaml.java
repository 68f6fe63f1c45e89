package io.dmconnect.it.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A mapping of a YAML file, read key by key; keys that nobody reads are an error. */
final class Yaml {
  private final String where;
  private final Map<String, Object> left = new LinkedHashMap<>();

  Yaml(String where, Object node) {
    this.where = where;
    if (!(node instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(where + " is no mapping: " + node);
    }

    map.forEach((key, value) -> left.put(String.valueOf(key), value));
  }

  String where() {
    return where;
  }

  Object take(String key) {
    return left.remove(key);
  }

  String text(String key, String otherwise) {
    Object value = left.remove(key);
    return value == null ? otherwise : String.valueOf(value);
  }

  String required(String key) {
    String value = text(key, null);
    if (value == null) {
      throw new IllegalArgumentException(where + " has no " + key);
    }

    return value;
  }

  boolean flag(String key, boolean otherwise) {
    return Boolean.parseBoolean(text(key, Boolean.toString(otherwise)));
  }

  /** A list, or one value as a list of one. */
  List<String> texts(String key) {
    return texts(left.remove(key));
  }

  Set<String> names(String key) {
    return new LinkedHashSet<>(texts(key));
  }

  /** The other keys with their values. */
  Map<String, Object> rest() {
    Map<String, Object> rest = new LinkedHashMap<>(left);
    left.clear();
    return rest;
  }

  void end() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(where + " has unknown keys: " + left.keySet());
    }
  }

  static List<String> texts(Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof Collection<?> list) {
      list.forEach(one -> texts.add(String.valueOf(one)));
    } else if (value != null) {
      texts.add(String.valueOf(value));
    }

    return texts;
  }

  /** A mapping's values as texts. */
  static Map<String, String> textMap(String where, Object node) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (node != null) {
      new Yaml(where, node).rest().forEach((key, value) -> texts.put(key, String.valueOf(value)));
    }

    return texts;
  }
}
