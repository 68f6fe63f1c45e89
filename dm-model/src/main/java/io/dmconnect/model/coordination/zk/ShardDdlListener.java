package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.error.DmException;

/**
 * Takes what the coordinator decides for the members a sink task follows. Called on the client's
 * own thread: an implementation only hands over and returns.
 */
public interface ShardDdlListener {

  /**
   * There is a decision. The same one may be told again, and one that belongs to a former request
   * may be told before the one on the request stated last: compare {@link Decision#requestId}. An
   * execution is run at most once by its id.
   */
  void decided(MemberId member, Decision decision);

  /**
   * The member is no longer followed: another task took it over, or what is stated for it cannot be
   * kept in ZooKeeper.
   */
  void failed(MemberId member, DmException error);
}
