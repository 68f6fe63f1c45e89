package io.dmconnect.model.coordination;

/** Requests of one class get the same verdict, so that a thousand equal ones cost as one. */
final class RequestClass {

  /** A text that is equal for requests of one class. */
  static String key(GroupState state, Pending pending) {
    Member member = state.members().get(pending.member());
    boolean plain = member == null || member.seen().equals(member.schema());
    boolean residue =
        state.core().history().residues().values().stream()
            .anyMatch(members -> members.contains(pending.member()));
    if (plain && !residue && pending.failure() == null && pending.order() == null) {
      return member == null ? "+" + pending.signature() : pending.signature();
    }

    return pending.signature() + " " + pending.member();
  }

  private RequestClass() {}
}
