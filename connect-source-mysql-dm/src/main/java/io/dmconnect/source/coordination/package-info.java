/** What a source tells the coordinator of shard groups: its tables, and how it is doing. */
package io.dmconnect.source.coordination;
