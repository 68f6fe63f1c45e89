/** The dump of the tables, without locks and in chunks. */
package io.dmconnect.source.snapshot;
