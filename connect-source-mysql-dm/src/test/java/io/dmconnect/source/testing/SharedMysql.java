package io.dmconnect.source.testing;

import io.dmconnect.local.LocalStack;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a method that runs before each test an {@link Upstream} on the one MySQL that all classes
 * with this extension share. It is closed behind the test.
 */
public final class SharedMysql implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedMysql.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Upstream.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    LocalStack stack =
        test.getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                Holder.class, key -> new Holder(LocalStack.builder().mysql().start()), Holder.class)
            .stack();
    return test.getStore(NAMESPACE)
        .getOrComputeIfAbsent(Upstream.class, key -> new Upstream(stack.mysql()), Upstream.class);
  }

  private record Holder(LocalStack stack) implements AutoCloseable {
    @Override
    public void close() {
      stack.close();
    }
  }
}
