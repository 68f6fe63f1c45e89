/** Positions in a server's binlog. */
package io.dmconnect.source.position;
