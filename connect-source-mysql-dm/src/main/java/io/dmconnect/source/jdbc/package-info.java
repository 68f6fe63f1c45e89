/** SQL connections to the source server and what is asked of it. */
package io.dmconnect.source.jdbc;
