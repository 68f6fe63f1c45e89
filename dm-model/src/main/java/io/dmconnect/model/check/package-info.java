/** Prechecks of shard tables that are merged into one: pure functions of what the sources found. */
package io.dmconnect.model.check;
