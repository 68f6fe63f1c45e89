/** How tests and tools talk to the servers: SQL, Connect's REST API, topics. */
package io.dmconnect.local.client;
