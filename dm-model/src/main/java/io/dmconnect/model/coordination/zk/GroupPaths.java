package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.MemberId;

/**
 * The nodes of one shard group.
 *
 * @param root the group's own record, written by the coordinator; its version guards every write of
 *     the coordinator
 * @param target the merged table
 */
public record GroupPaths(String root, TableId target) {

  /** The merged table as the first sink found it. */
  public String found() {
    return root + "/found";
  }

  /** Who speaks for a member; the node's version guards what is written for it. */
  public String owner(MemberId member) {
    return root + "/owners/" + member.nodeName();
  }

  /** The parent of {@link #request}. */
  public String requests() {
    return root + "/requests";
  }

  /** The schema change a member stands at; written by its sink. */
  public String request(MemberId member) {
    return requests() + "/" + member.nodeName();
  }

  /** The parent of {@link #report}. */
  public String reports() {
    return root + "/reports";
  }

  /** What became of an execution; written by the sink that ran it. */
  public String report(MemberId member) {
    return reports() + "/" + member.nodeName();
  }

  /** The parent of {@link #decision}. */
  public String decisions() {
    return root + "/decisions";
  }

  /** What a member is to do; written by the coordinator. */
  public String decision(MemberId member) {
    return decisions() + "/" + member.nodeName();
  }

  /** The parent of {@link #member}. */
  public String members() {
    return root + "/members";
  }

  /** What the coordinator knows of a member. */
  public String member(MemberId member) {
    return members() + "/" + member.nodeName();
  }

  /** The parent of {@link #pending}. */
  public String allPending() {
    return root + "/pending";
  }

  /** The coordinator's copy of a request that is not done. */
  public String pending(MemberId member) {
    return allPending() + "/" + member.nodeName();
  }

  /** The parent of {@link #schema}. */
  public String schemas() {
    return root + "/schemas";
  }

  /** A schema that the coordinator's records name by its hash. */
  public String schema(String hash) {
    return schemas() + "/" + hash;
  }

  /** The parts of a change of the coordinator that does not fit into one transaction. */
  public String journal() {
    return root + "/journal";
  }

  /** The parent of {@link #command}. */
  public String commands() {
    return root + "/commands";
  }

  /** An operator's command that has not been carried out. */
  public String command(String id) {
    return commands() + "/" + id;
  }
}
