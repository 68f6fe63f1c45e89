package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A request that is not done, with the decision that stands.
 *
 * @param request the request
 * @param arrival its place in the order of arrival
 * @param signature equal for requests that mean the same change, see {@link RequestFacts#signature}
 * @param decision the decision given last; null before the first
 * @param failure why its execution failed; null when it has not
 * @param order what an operator commanded and is not done yet; null for nothing
 * @param replacement the statements of {@link Exit#REPLACE}
 */
public record Pending(
    DdlRequest request,
    long arrival,
    String signature,
    Decision decision,
    String failure,
    Exit order,
    List<String> replacement) {

  /** Copies the list and checks what is never null. */
  public Pending {
    requireNonNull(request, "request is null");
    requireNonNull(signature, "signature is null");
    replacement = List.copyOf(replacement);
  }

  static Pending of(DdlRequest request, long arrival) {
    return new Pending(
        request, arrival, RequestFacts.signature(request), null, null, null, List.of());
  }

  /** Who asks. */
  public MemberId member() {
    return request.member();
  }

  Pending withRequest(DdlRequest same) {
    return new Pending(same, arrival, signature, decision, failure, order, replacement);
  }

  /** The request with the decision that stands, from its own record. */
  public Pending withDecision(Decision newDecision) {
    return new Pending(request, arrival, signature, newDecision, failure, order, replacement);
  }

  /** Whether an operator has to see to rows that it may leave behind. */
  boolean isInDoubt() {
    return order == null && request.rowMove() == RowMove.LEFT_BEHIND;
  }

  Pending withFailure(String error) {
    return new Pending(request, arrival, signature, decision, error, null, List.of());
  }

  Pending withOrder(Exit exit, List<String> statements) {
    return new Pending(request, arrival, signature, decision, null, exit, statements);
  }
}
