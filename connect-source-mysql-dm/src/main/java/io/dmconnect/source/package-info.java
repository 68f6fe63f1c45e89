/** The source connector: MySQL's snapshot and binlog into topics. */
package io.dmconnect.source;
