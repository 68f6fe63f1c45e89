package io.dmconnect.avro;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Compares Connect values whatever class their structs have. */
final class ConnectValues {
  private ConnectValues() {}

  /** Whether both are the same value of the same schema. */
  static boolean same(Object one, Object other) {
    if (one instanceof Struct a && other instanceof Struct b) {
      return a.schema().equals(b.schema()) && sameFields(a, b);
    }
    if (one instanceof List<?> a && other instanceof List<?> b) {
      return a.size() == b.size() && sameMembers(a, b);
    }
    if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
      return a.keySet().equals(b.keySet())
          && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key)));
    }
    return Objects.deepEquals(one, other);
  }

  private static boolean sameFields(Struct a, Struct b) {
    for (Field field : a.schema().fields()) {
      if (!same(a.getWithoutDefault(field.name()), b.getWithoutDefault(field.name()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameMembers(List<?> a, List<?> b) {
    Iterator<?> others = b.iterator();
    return a.stream().allMatch(member -> same(member, others.next()));
  }
}
