/**
 * Prechecks: of shard tables that are merged into one, pure functions of what the sources found;
 * and what an account may do, by the lines of {@code SHOW GRANTS}.
 */
package io.dmconnect.model.check;
