/** Plays the shard-merge scenarios of {@code shard-scenarios/} on real servers. */
package io.dmconnect.it.scenario;
