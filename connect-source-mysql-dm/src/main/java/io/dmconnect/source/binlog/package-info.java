/**
 * The only package that knows the binlog client library: it takes connection, authentication, TLS
 * and the dump handshake from there and hands events over as raw bytes.
 */
package io.dmconnect.source.binlog;
