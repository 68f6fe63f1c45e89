package io.dmconnect.local.demo;

/** How the demo's sharded tables coordinate their schema changes; the sink's {@code shard-mode}. */
enum ShardMode {
  OPTIMISTIC,
  PESSIMISTIC
}
