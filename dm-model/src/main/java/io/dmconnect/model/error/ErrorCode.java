package io.dmconnect.model.error;

/**
 * One entry of the error registry: a stable id, the class that decides the reaction, and the
 * operator's next step. Each module keeps its codes in one enum that implements this.
 */
public interface ErrorCode {

  /**
   * The stable id, {@code DM-} and five digits: 0xxxx shared, 1xxxx source, 2xxxx sink, 3xxxx
   * coordinator.
   */
  String id();

  /** What reaction the error calls for. */
  ErrorClass errorClass();

  /** What the operator does next, one or two sentences, with commands where there are any. */
  String workaround();
}
