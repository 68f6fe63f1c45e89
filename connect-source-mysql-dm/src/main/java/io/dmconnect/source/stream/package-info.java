/** From binlog events to records. */
package io.dmconnect.source.stream;
