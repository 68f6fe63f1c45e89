/**
 * The coordination tree in ZooKeeper: its paths, the connection to it, and the sink's and source's
 * part in it. docs/shard-merge.md is the contract.
 */
package io.dmconnect.model.coordination.zk;
